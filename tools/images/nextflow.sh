#!/bin/bash
# Nextflow's own start script fetches it from a place that needs no network here.
exec java -Djava.awt.headless=true ${NXF_JVM_ARGS:-} \
    --add-opens=java.base/{java.lang,java.io,java.nio,java.net,java.util,sun.nio.ch,sun.nio.fs}=ALL-UNNAMED \
    -cp "/opt/nextflow/*" nextflow.cli.Launcher "$@"
