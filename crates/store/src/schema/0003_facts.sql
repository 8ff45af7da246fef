-- Counts read small indexes instead of whole rows, lists need no blob, and what a reader decided about stories is kept.

-- Everything that charts, totals and facets count of an event stands in one index, by day.
DROP INDEX event_day;
CREATE INDEX event_facts ON event (
    day, reality, quad, type, modality, place, goldstein, independent, articles, story
);

-- again: the same pair of states of the same event stands in an earlier row.
ALTER TABLE dyad ADD COLUMN again INTEGER NOT NULL DEFAULT 0;
UPDATE dyad SET again = 1 WHERE EXISTS (
    SELECT 1 FROM dyad f WHERE f.event = dyad.event AND f.who_state = dyad.who_state
    AND f.whom_state = dyad.whom_state AND (f.who, f.whom) < (dyad.who, dyad.whom)
);
DROP INDEX dyad_day;
CREATE INDEX dyad_facts ON dyad (
    day, again, who_state, whom_state, quad, goldstein, reality, independent, type
);

-- Outlets by number, so that who tells of an event is counted without the articles.
CREATE TABLE outlet (
    n INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO outlet (name) SELECT DISTINCT outlet FROM article WHERE outlet IS NOT NULL ORDER BY outlet;

-- act_*: where the words of the act stand in the sentence, in code points; empty in rows of older versions.
ALTER TABLE telling ADD COLUMN outlet INTEGER REFERENCES outlet (n);
ALTER TABLE telling ADD COLUMN act_start INTEGER;
ALTER TABLE telling ADD COLUMN act_end INTEGER;
UPDATE telling SET outlet = (
    SELECT o.n FROM article a JOIN outlet o ON o.name = a.outlet WHERE a.n = telling.article
);
DROP INDEX telling_event;
CREATE INDEX telling_event ON telling (event, outlet, article);

-- copied: its words were taken from another report of its story, or its credit says so.
ALTER TABLE article ADD COLUMN copied INTEGER NOT NULL DEFAULT 0;
UPDATE article SET copied = 1 WHERE id IN (
    SELECT c.value ->> 'from' FROM story s, json_each(s.data, '$.copies') c WHERE c.value ->> 'kind' <> 'derived'
);
DROP INDEX article_day;
CREATE INDEX article_day ON article (day, copied);

-- shape: sizes of the groups of reports that repeat one origin, and what reports contradict each other about, as JSON;
-- empty in rows of older versions.
ALTER TABLE story ADD COLUMN shape TEXT;

-- What a reader decided: these reports are one story, or those of side 1 are another than those of side 0. They hold
-- whatever is merged later, in the order in which they were made, until they are undone.
CREATE TABLE decision (
    n INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'split')),
    made TEXT NOT NULL,
    note TEXT NOT NULL,
    undone TEXT
) STRICT;
CREATE TABLE decided (
    decision INTEGER NOT NULL REFERENCES decision (n),
    article INTEGER NOT NULL REFERENCES article (n),
    side INTEGER NOT NULL CHECK (side IN (0, 1)),
    PRIMARY KEY (decision, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX decided_article ON decided (article, decision);

-- Full-text segments are merged by eights: each text is written again less often as the index grows.
INSERT INTO words (words, rank) VALUES ('automerge', 8);
