// Three processes on shared storage; the second fails at its first attempt, as tasks on spot nodes do.
nextflow.enable.dsl = 2

params.samples = 2

process MAKE {
    input:
    val sample

    output:
    tuple val(sample), path("${sample}.txt")

    script:
    """
    printf 'reads of sample %s\\n' '${sample}' > '${sample}.txt'
    """
}

process COUNT {
    errorStrategy 'retry'
    maxRetries 2

    input:
    tuple val(sample), path(reads)

    output:
    path "${sample}.count"

    script:
    """
    if [ '${sample}' = 1 ] && [ '${task.attempt}' = 1 ]; then
        echo 'This attempt is meant to fail.' >&2
        exit 7
    fi
    wc -w < '${reads}' > '${sample}.count'
    """
}

process GATHER {
    publishDir "${params.outdir}", mode: 'copy'

    input:
    path counts

    output:
    path 'total.txt'

    script:
    """
    cat ${counts} | awk '{ sum += \$1 } END { print sum }' > total.txt
    """
}

workflow {
    Channel.of(1..params.samples) | MAKE | COUNT | collect | GATHER
}
