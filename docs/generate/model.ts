import { join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "..", "..");

/** One property of an interface, or one output of a class, as its doc comment describes it. */
export interface Property {
    name: string;
    /** In words: `string`, `map of string`, `TolerationArgs[]`. */
    type: string;
    /** The interface that the type is or is made of, if it is one of the package's. */
    shape?: string;
    optional: boolean;
    /** Whether another resource's output can be given. */
    output: boolean;
    /** What the doc comment says, without the default. */
    text: string;
    default?: string;
}

/** An interface of arguments. */
export interface Shape {
    name: string;
    text: string;
    properties: Property[];
}

/** A class of the package: its doc comment, the interface of its arguments, its outputs. */
export interface Resource {
    name: string;
    text: string;
    args: string;
    outputs: Property[];
}

/** A closed choice. */
export interface Choice {
    name: string;
    text: string;
    members: { value: string; text: string }[];
}

/** A function, or a constant that is not a closed set of values. */
export interface Helper {
    /** With its parameters, if it is a function. */
    name: string;
    text: string;
}

export interface Model {
    resources: Resource[];
    shapes: Map<string, Shape>;
    choices: Map<string, Choice>;
    helpers: Helper[];
}

/** The modules of the package that have components: the folder of each in `src`. */
export const MODULES = ["", "eks", "gke", "aks"] as const;

export type Module = (typeof MODULES)[number];

let parsed: ts.Program | undefined;

/** Our own files and none of `node_modules`: the SDKs of the clouds have hundreds of thousands of lines, of which no text is ours. */
function sources(): ts.Program {
    const config: unknown = ts.readConfigFile(join(ROOT, "tsconfig.json"), (file) => ts.sys.readFile(file)).config;
    const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
    parsed ??= ts.createProgram(fileNames, { ...options, noEmit: true, noResolve: true });
    return parsed;
}

/** What a module of the package exports, as its types and their comments have it. */
export function readModel(module: Module = ""): Model {
    const program = sources();
    const checker = program.getTypeChecker();
    const index = checker.getSymbolAtLocation(program.getSourceFile(join(ROOT, "src", module, "index.ts"))!)!;
    const model: Model = { resources: [], shapes: new Map(), choices: new Map(), helpers: [] };
    for (const exported of checker.getExportsOfModule(index)) {
        const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
        const declaration = symbol.declarations![0];
        if (ts.isInterfaceDeclaration(declaration)) {
            model.shapes.set(symbol.name, shapeOf(checker, symbol));
        } else if (ts.isClassDeclaration(declaration)) {
            model.resources.push(resourceOf(checker, symbol, declaration));
        } else if (ts.isVariableDeclaration(declaration) && symbol.declarations!.length > 1) {
            model.choices.set(symbol.name, choiceOf(checker, symbol, declaration));
        } else if (ts.isFunctionDeclaration(declaration)) {
            const parameters = declaration.parameters.map((each) => each.name.getText());
            model.helpers.push({ name: `${symbol.name}(${parameters.join(", ")})`, text: textOf(checker, symbol) });
        } else if (ts.isVariableDeclaration(declaration)) {
            model.helpers.push({ name: symbol.name, text: textOf(checker, symbol) });
        }
    }
    return model;
}

function shapeOf(checker: ts.TypeChecker, symbol: ts.Symbol): Shape {
    const properties = checker.getDeclaredTypeOfSymbol(symbol).getProperties();
    return {
        name: symbol.name,
        text: textOf(checker, symbol),
        properties: properties.map((each) => propertyOf(checker, each)),
    };
}

function propertyOf(checker: ts.TypeChecker, symbol: ts.Symbol): Property {
    const declaration = symbol.valueDeclaration as ts.PropertySignature | ts.PropertyDeclaration;
    const whole = textOf(checker, symbol);
    const { type, shape } = words(declaration.type!);
    const found = DEFAULT.exec(whole);
    return {
        name: symbol.name,
        type,
        shape,
        optional: declaration.questionToken !== undefined,
        output: /^(pulumi\.)?Input</.test(declaration.type!.getText()),
        text: whole.replace(DEFAULT, "").trim(),
        default: found?.[1],
    };
}

/** A sentence that begins with "Default:", its last full stop left out. */
const DEFAULT = /(?:^|\s)Default: (.+?)\.(?=\s+[A-Z]|\s*$)/s;

function resourceOf(checker: ts.TypeChecker, symbol: ts.Symbol, declaration: ts.ClassDeclaration): Resource {
    const [, args] = declaration.members.find(ts.isConstructorDeclaration)!.parameters;
    const isPublic = (member: ts.PropertyDeclaration) =>
        member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PublicKeyword) === true;
    return {
        name: symbol.name,
        text: textOf(checker, symbol),
        args: args.type!.getText(),
        outputs: declaration.members
            .filter(ts.isPropertyDeclaration)
            .filter(isPublic)
            .map((member) => propertyOf(checker, checker.getSymbolAtLocation(member.name)!)),
    };
}

function choiceOf(checker: ts.TypeChecker, symbol: ts.Symbol, declaration: ts.VariableDeclaration): Choice {
    const members = checker.getTypeOfSymbolAtLocation(symbol, declaration).getProperties();
    return {
        name: symbol.name,
        text: textOf(checker, symbol),
        members: members.map((member) => ({
            value: (checker.getTypeOfSymbolAtLocation(member, declaration) as ts.StringLiteralType).value,
            text: textOf(checker, member),
        })),
    };
}

/** The doc comment as one paragraph each: line ends of the source mean nothing. */
function textOf(checker: ts.TypeChecker, symbol: ts.Symbol): string {
    return ts
        .displayPartsToString(symbol.getDocumentationComment(checker))
        .replace(/\{@link (\w+) ?\}/g, "`$1`")
        .split(/\n\s*\n/)
        .map((paragraph) => paragraph.replace(/\s+/g, " ").trim())
        .join("\n\n");
}

/** A type as a reader of the page needs it: whether a value or an output is given is said elsewhere. */
function words(node: ts.TypeNode): { type: string; shape?: string } {
    if (ts.isArrayTypeNode(node)) {
        const { type, shape } = words(node.elementType);
        return { type: `${type}[]`, shape };
    }
    if (!ts.isTypeReferenceNode(node)) {
        return { type: node.getText() };
    }
    const name = node.typeName.getText();
    const inner = node.typeArguments ?? [];
    if (/^(pulumi\.)?(Input|Output)$/.test(name)) {
        return words(inner[0]);
    }
    if (name === "Record") {
        const { type, shape } = words(inner[1]);
        return { type: `map of ${type}`, shape };
    }
    // Of `@pulumi/kubernetes`, which documents it.
    return name.includes(".")
        ? { type: name.startsWith("kubernetes.") ? name : `kubernetes.${name}` }
        : { type: name, shape: name };
}

/** The property that a path of an argument leads to, `*` or an index standing for an entry, and the interface it is in. */
export function propertyAt(model: Model, root: string, path: string): { shape: Shape; property: Property } | undefined {
    let shape = model.shapes.get(root);
    let found: { shape: Shape; property: Property } | undefined;
    for (const step of path.replaceAll(/\[\d+\]/g, ".*").split(".")) {
        const property = shape?.properties.find(({ name }) => name === step);
        if (property === undefined) {
            // An entry of a list stays within its property; a key of a map, or a slip, belongs to the map.
            if (step === "*") {
                continue;
            }
            return found;
        }
        found = { shape: shape!, property };
        shape = property.shape === undefined ? undefined : model.shapes.get(property.shape);
    }
    return found;
}

/** The paths of all arguments below an interface, `*` standing for each entry of a list, those with parts by their parts. */
export function argumentPaths(model: Model, root: string, above = ""): string[] {
    return model.shapes
        .get(root)!
        .properties.flatMap(({ name, type, shape }) =>
            shape !== undefined && model.shapes.has(shape)
                ? argumentPaths(model, shape, `${above}${name}.${type.endsWith("[]") ? "*." : ""}`)
                : [above + name],
        );
}
