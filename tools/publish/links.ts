/** Where the files of a release are, on GitHub. */
export interface Place {
    /** `owner/name`. */
    repository: string;
    /** The release's tag. */
    tag: string;
    /** Whether a path of the repository is a folder. */
    isFolder: (path: string) => boolean;
}

/** A relative link of Markdown, without the heading it may lead to: one that npm's page of the package cannot follow. */
const RELATIVE = /\]\((?![a-z]+:|#)([^)#\s]+)/g;

/** The relative links of a page, without their headings. */
export function relativeLinks(page: string): string[] {
    return [...page.matchAll(RELATIVE)].map(([, path]) => path);
}

/** A page of the repository's root with its links to files of the repository as they are at the release. */
export function withAbsoluteLinks(page: string, { repository, tag, isFolder }: Place): string {
    return page.replace(
        RELATIVE,
        (_all, path: string) => `](https://github.com/${repository}/${isFolder(path) ? "tree" : "blob"}/${tag}/${path}`,
    );
}

/** Where npm shows that a package comes from; `npm publish --provenance` compares the repository with its own. */
export function origin(repository: string): Record<"repository" | "homepage" | "bugs", unknown> {
    const page = `https://github.com/${repository}`;
    return {
        repository: { type: "git", url: `git+${page}.git` },
        homepage: `${page}#readme`,
        bugs: { url: `${page}/issues` },
    };
}
