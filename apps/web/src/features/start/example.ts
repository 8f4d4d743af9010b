/** A small whole design to try things on: a program that serves files from one folder and keeps a log. */
export const exampleFiles: readonly (readonly [path: string, text: string])[] = [
  [
    "apparmor.d/usr.bin.leaflet",
    `abi <abi/3.0>,

include <tunables/global>

# Where leaflet keeps the pages that it serves.
@{LEAFLET_PAGES} = /srv/leaflet /var/lib/leaflet

profile leaflet /usr/bin/leaflet {
  include <abstractions/base>

  # Port 80 is below 1024.
  capability net_bind_service,

  network inet stream,
  network inet6 stream,

  /usr/bin/leaflet mr,
  /etc/leaflet.conf r,
  @{LEAFLET_PAGES}/ r,
  @{LEAFLET_PAGES}/** r,
  /var/log/leaflet/*.log a,
  owner /run/leaflet.pid rwk,

  include if exists <local/usr.bin.leaflet>
}
`,
  ],
];
