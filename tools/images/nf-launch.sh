#!/bin/bash
# Stands in for the Platform's launcher image in tests: takes what the emulator hands over (see its LauncherOptions), runs the
# pre-run script, Nextflow with the configurations in their order, and the post-run script.
set -euo pipefail

work=$(mktemp -d)
cd "$work"

configs=()
# The Platform's own settings go before the environment's, and what is typed into the launch form before both.
for name in NXF_CONFIG_BASE64 TOWER_CONFIG_BASE64 NXF_LAUNCH_CONFIG_BASE64; do
    if [ -n "${!name:-}" ]; then
        base64 -d <<<"${!name}" >"$work/$name.config"
        configs+=(-c "$work/$name.config")
    fi
done
parameters=()
if [ -n "${NXF_PARAMS_BASE64:-}" ]; then
    base64 -d <<<"$NXF_PARAMS_BASE64" >"$work/params.yaml"
    parameters=(-params-file "$work/params.yaml")
fi

if [ -n "${TOWER_PRERUN_BASE64:-}" ]; then
    base64 -d <<<"$TOWER_PRERUN_BASE64" >"$work/pre-run.sh"
    # Sourced: what it exports is for Nextflow.
    source "$work/pre-run.sh"
fi

# The head's log tells the Platform which tasks have ended: the rows of Nextflow's trace file, as they are written.
mkfifo "$work/trace.txt"
sed -u 's/^/nxf-trace: /' "$work/trace.txt" &
tracing=$!
cat >"$work/trace.config" <<'END'
trace.fields = 'task_id,hash,native_id,process,tag,name,status,exit,attempt,submit,start,complete,realtime,%cpu,peak_rss,peak_vmem,workdir'
trace.raw = true
trace.overwrite = true
END
configs+=(-c "$work/trace.config")

# "$1" is nextflow, "$2" its command run.
status=0
"$1" -log "$work/nextflow.log" "${@:2:1}" "${@:3}" "${configs[@]}" "${parameters[@]}" -with-trace "$work/trace.txt" -ansi-log false || status=$?
# Nextflow may have ended before it opened the trace file: whoever waits for it reads its end now.
: <>"$work/trace.txt"
wait "$tracing"
if [ "$status" -ne 0 ]; then
    tail -n 40 "$work/nextflow.log" | sed 's/^/nxf-log: /' || true
fi

if [ -n "${TOWER_POSTRUN_BASE64:-}" ]; then
    base64 -d <<<"$TOWER_POSTRUN_BASE64" >"$work/post-run.sh"
    NXF_EXIT_STATUS=$status bash "$work/post-run.sh"
fi
exit "$status"
