//! A request that is held against what a provider publishes, and the verdict on it.

/// A request, as it goes out.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The method, in capitals.
    pub method: &'a str,
    /// The path, without the query.
    pub path: &'a str,
    /// The query, without its question mark; empty if there is none.
    pub query: &'a str,
    /// The headers, with their names in lower case.
    pub headers: &'a [(String, String)],
    /// The body; empty if there is none.
    pub body: &'a [u8],
}

/// A verdict: right where nothing is wrong.
pub(crate) fn verdict(wrong: Vec<String>) -> Result<(), Vec<String>> {
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(wrong),
    }
}
