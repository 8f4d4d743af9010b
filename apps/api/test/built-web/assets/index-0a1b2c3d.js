document.title = "The built designer runs";
