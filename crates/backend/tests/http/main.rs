//! The backend from outside: the whole router, called in-process, on a database
//! of its own in a folder of its own. No test waits for a time to pass.

mod documents;
mod guards;
mod idempotency;
mod problems;
mod readings;
mod serving;
mod sessions;
mod sign_in;
mod site;
mod stream;
