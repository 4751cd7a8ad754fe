//! `backend openapi`: the API's description, for the committed file.

use std::io::Write as _;

/// Writes the description to standard output.
///
/// # Errors
/// The description cannot be serialised, or standard output cannot be written.
pub fn run() -> anyhow::Result<()> {
    let json = backend::http::openapi().to_pretty_json()?;
    writeln!(std::io::stdout(), "{json}")?;
    Ok(())
}
