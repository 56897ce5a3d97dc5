#!/usr/bin/env bash
# Draws the pictures under screenshots/: the real console on a demo store whose clock stands and whose keys come from a seed,
# so that they are the same byte for byte. The SVGs are the pictures; the PNGs are for where SVGs are not shown.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install-packages.sh librsvg2-bin fonts-dejavu-core
swift build --product mdw-screenshots
mkdir -p screenshots
"$(swift build --show-bin-path)/mdw-screenshots" Demo/screenshots.script screenshots
for picture in screenshots/*.svg; do rsvg-convert --output "${picture%.svg}.png" "$picture"; done
