// Three processes on shared storage, of which two have tasks that fail, as tasks on spot nodes do. What they ask for, and that they
// are tried again, is for the environment to say.
nextflow.enable.dsl = 2

params.samples = 2

process MAKE {
    input:
    val sample

    output:
    tuple val(sample), path("${sample}.txt")

    script:
    """
    if [ '${sample}' = 2 ] && [ '${task.attempt}' = 1 ]; then
        exit 7
    fi
    printf 'reads of sample %s\\n' '${sample}' > '${sample}.txt'
    """
}

// Fails twice without a word, so that Nextflow looks for one in the pod's log.
process COUNT {
    label 'accelerated'

    input:
    tuple val(sample), path(reads)

    output:
    path "${sample}.count"

    script:
    """
    if [ '${sample}' = 1 ] && [ '${task.attempt}' -le 2 ]; then
        exit 7
    fi
    wc -w < '${reads}' > '${sample}.count'
    """
}

// Asks for more than the environment allows.
process GATHER {
    cpus 4
    memory 1.GB
    publishDir "${params.outdir}", mode: 'copy'

    input:
    path counts

    output:
    path 'total.txt'
    path 'seen.txt'

    script:
    """
    cat ${counts} | awk '{ sum += \$1 } END { print sum }' > total.txt
    {
        printf 'GREETING=%s\\n' "\$GREETING"
        printf 'HEAD_ONLY=%s\\n' "\${HEAD_ONLY:-unset}"
        printf 'TASK_ONLY=%s\\n' "\$TASK_ONLY"
        printf 'TOKEN=%s\\n' "\$TOKEN"
        printf 'REGION=%s\\n' "\$REGION"
        printf 'mounted REGION=%s\\n' "\$(cat /etc/settings/region)"
        printf 'reference=%s\\n' "\$(tr '\\n' ' ' < /reference/genome.fa)"
        printf 'reference is %s\\n' "\$(touch /reference/new 2> /dev/null && echo writable || echo read-only)"
        printf 'cache is %s\\n' "\$(stat -f -c %T /cache)"
        printf 'groups=%s\\n' "\$(id -G)"
        printf 'token is %s\\n' "\$(test -e /var/run/secrets/kubernetes.io/serviceaccount/token && echo there || echo not there)"
    } > seen.txt
    """
}

workflow {
    Channel.of(1..params.samples) | MAKE | COUNT | collect | GATHER
}
