//! `backend openapi`: the API's description, for the committed file.

use std::io::Write as _;

/// Writes the description to standard output.
pub fn run() -> anyhow::Result<()> {
    let json = backend::http::openapi().to_pretty_json()?;
    writeln!(std::io::stdout(), "{json}")?;
    Ok(())
}
