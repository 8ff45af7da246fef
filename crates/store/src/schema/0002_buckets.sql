-- Adding costs the same however much there is, and lists read little: keys by stretches of days, blobs apart.

-- Keys of one stretch of days stand together. bucket: days by eights.
CREATE TABLE key_by_bucket (
    bucket INTEGER NOT NULL,
    key INTEGER NOT NULL,
    day INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article (n),
    PRIMARY KEY (bucket, key, day, article)
) STRICT, WITHOUT ROWID;
INSERT INTO key_by_bucket
    SELECT (day - ((day % 8) + 8) % 8) / 8, key, day, article FROM key;
DROP TABLE key;
ALTER TABLE key_by_bucket RENAME TO key;

-- What is read only with one article at a time: its stages, its parse, its keys for merging.
CREATE TABLE stages (
    article INTEGER PRIMARY KEY REFERENCES article (n),
    record BLOB NOT NULL,
    doc BLOB,
    keys BLOB NOT NULL
) STRICT;
INSERT INTO stages SELECT n, record, doc, keys FROM article;
ALTER TABLE article DROP COLUMN record;
ALTER TABLE article DROP COLUMN doc;
ALTER TABLE article DROP COLUMN keys;

-- Reports that were clustered together.
CREATE INDEX article_piece ON article (piece);
CREATE INDEX article_published ON article (published);

-- The usual orders of lists.
CREATE INDEX event_independent ON event (independent DESC, day DESC, id);
CREATE INDEX story_independent ON story (independent DESC, last_day DESC, id);

-- Who tells of an event, without the rows of either.
DROP INDEX telling_event;
CREATE INDEX telling_event ON telling (event, article);
CREATE INDEX outcome_rejected ON outcome (n) WHERE result = 'rejected';
