# Records the call; the first one that begins with FAIL fails.
call="$(basename "$0") $*"
echo "$call" >> "$SANDBOX/calls"
if [ -n "${FAIL:-}" ] && [[ $call == "$FAIL"* ]] && [ ! -e "$SANDBOX/failed" ]; then
  touch "$SANDBOX/failed"
  echo "$call fails" >&2
  exit 1
fi
