//! Customers, and the counter that every change of theirs raises.

super::migration! {
    "CREATE TABLE customers (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        -- The sign-in name, in small letters; without one there is no way in.
        email TEXT UNIQUE,
        -- Lines in the order to print them.
        address TEXT NOT NULL,
        tax_number TEXT,
        -- The provider's number for the account, where it is not the id.
        account_number TEXT,
        -- Who may come along to events: names, one a line.
        attendees TEXT NOT NULL DEFAULT '',
        password_hash TEXT,
        version BIGINT NOT NULL DEFAULT 1,
        created_at BIGINT NOT NULL
    )",
}
