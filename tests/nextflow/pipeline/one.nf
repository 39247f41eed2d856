// One process that fails once without a word: all that it takes to use every right of a run.
nextflow.enable.dsl = 2

process ONE {
    label 'accelerated'

    output:
    path 'one.txt'

    script:
    """
    if [ '${task.attempt}' = 1 ]; then
        exit 7
    fi
    echo one > one.txt
    """
}

workflow {
    ONE()
}
