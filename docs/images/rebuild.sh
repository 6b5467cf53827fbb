#!/usr/bin/env bash
# Makes the pictures in this folder anew: seven days of generated decisions, every page in a real browser. Takes some minutes.
# Needs the .NET SDK and Debian's chromium and fonts-noto-cjk, which .ci/test installs.
set -euo pipefail
cd "$(dirname "$0")/../.."
archive=$(mktemp -d)
trap 'rm -rf "$archive"' EXIT
dotnet run -c Release --project bench/KekeStar.Antifraud.Load -- archive --days 7 --records 400000 --directory "$archive"
rm -f docs/images/*.png
DASHBOARD_ARCHIVE="$archive" DASHBOARD_IMAGES="$PWD/docs/images" \
  dotnet test tests/KekeStar.Antifraud.Tests -c Release --filter "FullyQualifiedName~SampleImagesTests"
