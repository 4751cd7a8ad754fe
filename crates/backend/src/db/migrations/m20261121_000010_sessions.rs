//! Sessions, failed sign-ins, and the answers kept for repeated writes.

super::migration! {
    "CREATE TABLE sessions (
        -- SHA-256 of the cookie's token: who reads this table can sign in nowhere.
        token_hash TEXT NOT NULL PRIMARY KEY,
        customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
        created_at BIGINT NOT NULL,
        -- The customer's last act.
        seen_at BIGINT NOT NULL
    )",
    "CREATE INDEX sessions_seen ON sessions (seen_at)",
    "CREATE INDEX sessions_customer ON sessions (customer_id)",
    "CREATE TABLE sign_in_tries (
        -- A hash of the kind (pair, account or address) and what it is about.
        subject TEXT NOT NULL PRIMARY KEY,
        failures BIGINT NOT NULL,
        last_at BIGINT NOT NULL,
        -- Before this, no try is looked at.
        next_at BIGINT NOT NULL,
        -- When this account last signed in from this address; only on pairs.
        succeeded_at BIGINT
    )",
    "CREATE INDEX sign_in_tries_last ON sign_in_tries (last_at)",
    "CREATE TABLE idempotency (
        -- Who is signed in, and for whom the request is.
        customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
        person TEXT NOT NULL,
        route TEXT NOT NULL,
        key TEXT NOT NULL,
        body_hash TEXT NOT NULL,
        -- What the first run has made, written in the transaction that made it.
        made TEXT,
        -- The answer, once there is one.
        status INTEGER,
        answer TEXT,
        created_at BIGINT NOT NULL,
        PRIMARY KEY (customer_id, person, route, key)
    )",
    "CREATE INDEX idempotency_created ON idempotency (created_at)",
}
