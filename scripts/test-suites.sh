#!/usr/bin/env bash
# Runs every test in a few runs, one after the other, by the command that is given: suites that start processes and servers,
# or keep both cores busy, hold up the others when all run at once.
set -euo pipefail
heavy=(AdminAPITests BackfillTests CommandsTests EndToEndTests)
others=()
for suite in "${heavy[@]}"; do others+=(--skip "$suite"); done
"$@" "${others[@]}"
for suite in "${heavy[@]}"; do "$@" --filter "$suite"; done
