-- Days are counted from 1970-01-01; texts of dates are ISO 8601. Spans are Unicode code points of article.text.
CREATE TABLE run (
    n INTEGER PRIMARY KEY,
    version TEXT NOT NULL,
    command TEXT NOT NULL,
    started TEXT NOT NULL,
    finished TEXT
) STRICT;

CREATE TABLE article (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    url TEXT,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    outlet TEXT,
    country TEXT,
    agency TEXT,
    published TEXT,
    published_how TEXT,
    day INTEGER,
    -- The story it is in, and a hash of the reports that were clustered together with it.
    story INTEGER REFERENCES story (n),
    piece INTEGER,
    settled INTEGER NOT NULL DEFAULT 0,
    record BLOB NOT NULL,
    doc BLOB,
    keys BLOB NOT NULL
) STRICT;
CREATE INDEX article_day ON article (day);
CREATE INDEX article_story ON article (story);
CREATE INDEX article_outlet ON article (outlet COLLATE NOCASE);
CREATE INDEX article_unsettled ON article (n) WHERE settled = 0;

-- What became of every input of every run: in = added + known + rejected.
CREATE TABLE outcome (
    n INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (n),
    source TEXT NOT NULL,
    result TEXT NOT NULL CHECK (result IN ('added', 'known', 'rejected')),
    article INTEGER REFERENCES article (n),
    kind TEXT,
    message TEXT,
    hint TEXT,
    CHECK ((article IS NULL) = (result = 'rejected'))
) STRICT;
CREATE INDEX outcome_run ON outcome (run, result);
CREATE INDEX outcome_article ON outcome (article);

CREATE VIRTUAL TABLE words USING fts5 (
    title, text, content = 'article', content_rowid = 'n', tokenize = 'porter unicode61 remove_diacritics 2'
);

-- Keys by which reports find each other, and the scores of those that did.
CREATE TABLE key (
    key INTEGER NOT NULL,
    day INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article (n),
    PRIMARY KEY (key, day, article)
) STRICT, WITHOUT ROWID;
CREATE TABLE link (
    a INTEGER NOT NULL REFERENCES article (n),
    b INTEGER NOT NULL REFERENCES article (n),
    score REAL NOT NULL,
    PRIMARY KEY (a, b),
    CHECK (a < b)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_b ON link (b, a);

CREATE TABLE story (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    first_day INTEGER,
    last_day INTEGER,
    articles INTEGER NOT NULL,
    outlets INTEGER NOT NULL,
    independent INTEGER NOT NULL,
    independent_low INTEGER NOT NULL,
    sources INTEGER NOT NULL,
    disputes INTEGER NOT NULL,
    data TEXT NOT NULL
) STRICT;
CREATE INDEX story_day ON story (last_day);

CREATE TABLE place (
    n INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    country TEXT,
    adm1 TEXT,
    lat REAL NOT NULL,
    lon REAL NOT NULL,
    feature TEXT NOT NULL,
    exactness TEXT NOT NULL
) STRICT;
CREATE INDEX place_name ON place (name COLLATE NOCASE);
CREATE INDEX place_country ON place (country);

CREATE TABLE actor (
    n INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    country TEXT,
    sectors TEXT NOT NULL,
    kind TEXT NOT NULL
) STRICT;
CREATE INDEX actor_code ON actor (code);
CREATE INDEX actor_name ON actor (name COLLATE NOCASE);

-- Events of the world. reality: 2 happened, 1 only reported, 0 possible or planned, -1 did not happen.
CREATE TABLE event (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    story INTEGER NOT NULL REFERENCES story (n),
    type TEXT NOT NULL,
    modes TEXT NOT NULL,
    cameo TEXT NOT NULL,
    quad INTEGER NOT NULL,
    goldstein REAL,
    modality TEXT NOT NULL,
    reality INTEGER NOT NULL CHECK (reality BETWEEN -1 AND 2),
    symmetric INTEGER NOT NULL,
    day INTEGER,
    day_end INTEGER,
    day_exact INTEGER NOT NULL,
    place INTEGER REFERENCES place (n),
    articles INTEGER NOT NULL,
    outlets INTEGER NOT NULL,
    independent INTEGER NOT NULL,
    independent_low INTEGER NOT NULL,
    groups TEXT NOT NULL,
    disputed INTEGER NOT NULL,
    seen TEXT,
    article INTEGER NOT NULL REFERENCES article (n),
    ordinal INTEGER NOT NULL,
    text TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    confidence REAL NOT NULL,
    why TEXT NOT NULL
) STRICT;
CREATE INDEX event_day ON event (day, n);
CREATE INDEX event_story ON event (story);
CREATE INDEX event_type ON event (type, day);
CREATE INDEX event_place ON event (place);
CREATE INDEX event_article ON event (article);

-- One telling of an event by one article; event is empty until the article is settled.
CREATE TABLE telling (
    n INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article (n),
    ordinal INTEGER NOT NULL,
    id TEXT NOT NULL,
    class TEXT NOT NULL,
    -- The sentence, in bytes of article.text.
    byte_start INTEGER NOT NULL,
    byte_end INTEGER NOT NULL,
    event INTEGER REFERENCES event (n),
    UNIQUE (article, ordinal)
) STRICT;
CREATE INDEX telling_event ON telling (event);

CREATE TABLE participant (
    event INTEGER NOT NULL REFERENCES event (n),
    side INTEGER NOT NULL CHECK (side IN (0, 1)),
    ordinal INTEGER NOT NULL,
    actor INTEGER NOT NULL REFERENCES actor (n),
    name TEXT NOT NULL,
    PRIMARY KEY (event, side, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX participant_actor ON participant (actor, event);

-- Directed pairs of an event, with what counts are made of; mutual events stand in both directions.
CREATE TABLE dyad (
    event INTEGER NOT NULL REFERENCES event (n),
    who INTEGER NOT NULL REFERENCES actor (n),
    whom INTEGER NOT NULL REFERENCES actor (n),
    who_state TEXT,
    whom_state TEXT,
    day INTEGER,
    quad INTEGER NOT NULL,
    goldstein REAL,
    reality INTEGER NOT NULL,
    independent INTEGER NOT NULL,
    type TEXT NOT NULL,
    PRIMARY KEY (event, who, whom)
) STRICT, WITHOUT ROWID;
CREATE INDEX dyad_states ON dyad (who_state, whom_state, day);
CREATE INDEX dyad_day ON dyad (day);

CREATE TABLE statement (
    n INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article (n),
    ordinal INTEGER NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    cue TEXT NOT NULL,
    speaker INTEGER REFERENCES actor (n),
    name TEXT NOT NULL,
    via TEXT NOT NULL,
    text TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    UNIQUE (article, ordinal)
) STRICT;
CREATE INDEX statement_speaker ON statement (speaker);
