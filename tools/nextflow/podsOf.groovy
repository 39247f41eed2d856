// Has Nextflow's own classes make the pods of a task, for many configurations in one JVM.
// Arguments: a file with a JSON list of texts, and the file for the JSON list of the pods.
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import nextflow.Session
import nextflow.config.ConfigParser
import nextflow.k8s.K8sConfig
import nextflow.k8s.K8sExecutor
import nextflow.k8s.K8sTaskHandler
import nextflow.k8s.client.ClientConfig
import nextflow.k8s.client.K8sClient
import nextflow.processor.TaskConfig
import nextflow.processor.TaskProcessor
import nextflow.processor.TaskRun
import nextflow.script.BaseScript
import nextflow.script.ProcessConfig

class NoScript extends BaseScript {
    protected Object runScript() { null }
}

class Task extends TaskRun {
    String getContainer() { 'image' }
}

class Handler extends K8sTaskHandler {
    Handler(TaskRun task, K8sExecutor executor) { super(task, executor) }
    protected List<String> getSubmitCommand(TaskRun task) { ['true'] }
    protected String getSyntheticPodName(TaskRun task) { 'nf-task' }
    protected Boolean fixOwnership() { false }
    boolean fusionEnabled() { false }
    Map request() { newSubmitRequest(task) }
}

/** The pod of a task of the process MAKE, which has the label big. */
def podOf(String text) {
    def config = new ConfigParser().parse(text)
    def process = new ProcessConfig(new NoScript(), 'MAKE')
    process.label('big')
    process.applyConfig(config.process as Map ?: [:], 'MAKE', 'MAKE', 'MAKE')
    def session = new Session([:])
    def k8s = new K8sConfig(config.k8s as Map)
    def client = new ClientConfig(namespace: 'n', serviceAccount: 'a', server: 'localhost')
    def executor = new K8sExecutor() {
        protected K8sConfig getK8sConfig() { k8s }
        protected K8sClient getClient() { new K8sClient(client) }
    }
    executor.session = session
    def processor = [getName: { 'MAKE' }, getSession: { session }] as TaskProcessor
    def task = new Task(processor: processor, name: 'MAKE', workDir: java.nio.file.Path.of('/work'))
    task.config = process.createTaskConfig()
    new Handler(task, executor).request()
}

def results = new JsonSlurper().parse(new File(args[0]), 'UTF-8').collect { text ->
    try { [ok: true, config: podOf(text)] }
    catch (Throwable error) {
        def messages = []
        for (def one = error; one != null; one = one.cause) { messages << "${one.class.name}: ${one.message}" }
        [ok: false, error: messages.unique().join('\n')]
    }
}
new File(args[1]).setText(JsonOutput.toJson(results), 'UTF-8')
System.exit(0)
