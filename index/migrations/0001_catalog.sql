-- Documents with their canonical text, their passages as spans of it, and what is still to be swept.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE folders (
    key INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE
);

CREATE TABLE documents (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    folder INTEGER NOT NULL REFERENCES folders (key),
    path TEXT NOT NULL, -- below the folder
    sha256 TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT,
    date TEXT,
    url TEXT,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    blocks TEXT NOT NULL, -- JSON: [kind, start, end, level] of each
    page_starts TEXT NOT NULL, -- JSON: offsets
    UNIQUE (folder, path)
);

CREATE TABLE passages (
    id TEXT PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    section TEXT NOT NULL, -- JSON: headings, the highest first
    page INTEGER,
    sentences TEXT NOT NULL -- JSON: [kind, start, end] of each
) WITHOUT ROWID;

CREATE INDEX passages_by_document ON passages (document, start);

-- Files that could not be read, so that an unchanged one is reported again without being tried again.
CREATE TABLE failures (
    folder INTEGER NOT NULL REFERENCES folders (key) ON DELETE CASCADE,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (folder, path)
) WITHOUT ROWID;

-- Passages that the derived stores may hold although no document has them: being written, or deleted.
CREATE TABLE sweep (
    passage TEXT PRIMARY KEY
) WITHOUT ROWID;
