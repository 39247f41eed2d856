// Parses many Nextflow configurations in one JVM, whose start costs more than all of them.
// Arguments: a file with a JSON list of texts, and the file for the JSON list of what came of each.
import groovy.json.JsonOutput
import groovy.json.JsonSlurper

def newParser() {
    def factory = ['nextflow.config.ConfigParserFactory'].findResult { name ->
        try { Class.forName(name) } catch (ClassNotFoundException e) { null }
    }
    // Releases with the strict parser choose by NXF_SYNTAX_PARSER; those before have one parser.
    factory ? factory.create() : Class.forName('nextflow.config.ConfigParser').getDeclaredConstructor().newInstance()
}

def plain(value) {
    switch (value) {
        case Map: return value.collectEntries { key, item -> [(key.toString()): plain(item)] }
        case Collection: return value.collect { plain(it) }
        case null: case Boolean: case Number: return value
        case Closure: return [closure: true]
        default: return value.toString()
    }
}

def results = new JsonSlurper().parse(new File(args[0]), 'UTF-8').collect { text ->
    try {
        [ok: true, config: plain(newParser().parse(text))]
    }
    catch (Throwable error) {
        def messages = []
        for (def one = error; one != null; one = one.cause) {
            messages << (one.message ?: one.class.name)
        }
        [ok: false, error: messages.unique().join('\n')]
    }
}
new File(args[1]).setText(JsonOutput.toJson(results), 'UTF-8')
