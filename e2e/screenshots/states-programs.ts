import { expect } from "../fixtures.ts";
import type { Stage, State } from "./states.ts";

/** A web server with helpers of every kind: children, hats, another profile, one that is missing, one unconfined. */
const webServer = `abi <abi/3.0>,

include <tunables/global>

$debugging = false
alias /srv/www/ -> /var/www/,

profile httpd /usr/sbin/httpd flags=(attach_disconnected) {
  include <abstractions/base>

  if $debugging {
    /usr/bin/strace ix,
    capability sys_ptrace,
  } else {
    deny /usr/bin/gdb x,
  }

  capability setuid,
  capability setgid,
  network inet stream,
  signal (send) set=(term) peer=httpd//cgi,

  /etc/httpd/** r,
  /var/www/** r,
  /usr/bin/gzip ix,
  /usr/bin/openssl ix,
  /usr/lib/cgi-bin/* Cx -> cgi,
  /usr/lib/git-core/git-http-backend Cx,
  /usr/sbin/sendmail Px,
  /usr/bin/php-fpm Pix -> php,
  /usr/sbin/suexec PUx,
  /usr/local/bin/report px,
  /usr/bin/logrotate Ux,
  deny /{usr/,}bin/{ba,da,}sh x,
  change_profile -> httpd-worker,

  ^DEFAULT_URI {
    /var/www/** r,
  }

  ^admin {
    /var/www/admin/** rw,
  }

  profile cgi {
    include <abstractions/base>
    /usr/lib/cgi-bin/* r,
    /usr/bin/perl ix,
    /usr/sbin/sendmail Px -> mailer,
  }

  profile git /usr/lib/git-core/** {
    include <abstractions/base>
    /usr/bin/git ix,
    change_profile -> httpd,
  }

  include if exists <local/usr.sbin.httpd>
}

profile httpd-worker {
  include <abstractions/base>
  /var/www/** r,
  /usr/bin/php-fpm Px -> php,
  include if exists <local/httpd-worker>
}

profile mailer /usr/sbin/sendmail {
  include <abstractions/base>
  /var/spool/mqueue/** rw,
  include if exists <local/mailer>
}

profile php {
  include <abstractions/base>
  /usr/bin/convert ix,
  include if exists <local/php>
}
`;

const startsNothing = `abi <abi/3.0>,

include <tunables/global>

profile quiet /usr/bin/quiet {
  include <abstractions/base>

  /etc/quiet.conf r,

  include if exists <local/usr.bin.quiet>
}
`;

async function open({ workbench }: Stage, name: string, text: string): Promise<void> {
  await workbench.openFiles([{ name, bytes: Buffer.from(text) }]);
  await expect(workbench.verdict("Debian 12").getByRole("status")).not.toHaveText("Checking");
}

/** The states of programs, child profiles and conditionals. */
export const states: readonly State[] = [
  {
    name: "programs",
    shows: "a web server with helpers: who becomes whom, and a rule chosen",
    async prepare(stage) {
      await open(stage, "usr.sbin.httpd", webServer);
      const panel = await stage.workbench.panel("Programs");
      await panel
        .getByRole("grid")
        .getByRole("button", { name: /^\/usr\/lib\/cgi-bin/ })
        .click();
    },
  },
  {
    name: "programs-list",
    shows: "who becomes whom as a list",
    async prepare(stage) {
      await open(stage, "usr.sbin.httpd", webServer);
      const panel = await stage.workbench.panel("Programs");
      await panel.getByRole("button", { name: "List", exact: true }).click();
    },
  },
  {
    name: "programs-width-1000",
    shows: "who becomes whom, with little room",
    width: 1000,
    async prepare(stage) {
      await open(stage, "usr.sbin.httpd", webServer);
      const panel = await stage.workbench.panel("Programs");
      await panel
        .getByRole("grid")
        .getByRole("button", { name: /^\/usr\/local\/bin\/report/ })
        .click();
    },
  },
  {
    name: "programs-empty",
    shows: "a profile that starts no program",
    async prepare(stage) {
      await open(stage, "usr.bin.quiet", startsNothing);
      await stage.workbench.panel("Programs");
    },
  },
  {
    name: "programs-large",
    shows: "the larger picture of who becomes whom",
    async prepare(stage) {
      await open(stage, "usr.sbin.httpd", webServer);
      const panel = await stage.workbench.panel("Programs");
      await panel.getByRole("button", { name: "Larger picture" }).click();
      await stage.page.getByRole("dialog", { name: "Who becomes whom" }).waitFor();
    },
  },
  {
    name: "children",
    shows: "child profiles and hats, with what leads to them",
    async prepare(stage) {
      await open(stage, "usr.sbin.httpd", webServer);
      const panel = await stage.workbench.panel("Profile");
      await panel
        .getByRole("region", { name: "Child profiles and hats" })
        .evaluate((element) => element.scrollIntoView());
    },
  },
  {
    name: "conditionals",
    shows: "conditionals with their rules, booleans and aliases",
    async prepare(stage) {
      await open(stage, "usr.sbin.httpd", webServer);
      const panel = await stage.workbench.panel("Profile");
      await panel.getByRole("region", { name: "Conditionals" }).evaluate((element) => element.scrollIntoView());
    },
  },
  {
    name: "new-child",
    shows: "the dialog for a new child profile, filled in",
    async prepare(stage) {
      await open(stage, "usr.sbin.httpd", webServer);
      const panel = await stage.workbench.panel("Profile");
      await panel.getByRole("button", { name: "Add a child profile" }).click();
      const dialog = stage.page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: "Name" }).fill("logs");
      await dialog.getByRole("textbox", { name: /^Start this program/ }).fill("/usr/sbin/rotatelogs");
    },
  },
  {
    name: "into-child",
    shows: "rules chosen to move into a child profile",
    async prepare(stage) {
      await open(stage, "usr.sbin.httpd", webServer);
      const panel = await stage.workbench.panel("Profile");
      await panel.getByRole("button", { name: "More for cgi" }).click();
      await stage.page.getByRole("menuitem", { name: /^Move rules into it/ }).click();
      const dialog = stage.page.getByRole("dialog");
      await dialog.getByRole("checkbox", { name: /\/var\/www/ }).click();
    },
  },
  {
    name: "under-condition",
    shows: "rules chosen to hold under a new condition only",
    async prepare(stage) {
      await open(stage, "usr.sbin.httpd", webServer);
      const panel = await stage.workbench.panel("Profile");
      await panel.getByRole("button", { name: "Put rules under a condition" }).click();
      const dialog = stage.page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: "Condition" }).fill("$statistics");
      await dialog.getByRole("checkbox", { name: /^signal/ }).click();
    },
  },
];
