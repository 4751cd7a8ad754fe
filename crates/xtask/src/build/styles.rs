//! The stylesheets: one file for the app, one for the pages of the payment window.

use std::path::Path;

use anyhow::{Result, ensure};

use super::pages::text;
use super::site::Site;
use super::{inputs, squeeze};

/// What says in which order the layers lie. It has to come first.
const LAYERS: &str = "style/layers.css";
/// The colours and measures that the payment window shares with the app.
const TOKENS: &str = "style/tokens.css";

/// Adds both stylesheets.
///
/// # Errors
/// A stylesheet cannot be read or imports another one.
pub fn add(site: &mut Site, root: &Path) -> Result<()> {
    site.asset("assets/app.css", app(root)?);
    site.asset(
        "assets/pay.css",
        join(root, &[LAYERS, TOKENS, "public/pay/pay.css"])?,
    );
    Ok(())
}

/// Every file of `style/`: the layers first, the rest by path. The order of the
/// rest does not matter, because every file writes into a layer.
fn app(root: &Path) -> Result<String> {
    let mut files = Vec::new();
    inputs::collect(&root.join("style"), &mut files)?;
    let mut names = vec![LAYERS.to_owned()];
    for path in files {
        let name = path
            .strip_prefix(root)?
            .to_string_lossy()
            .replace('\\', "/");
        if name.ends_with(".css") && name != LAYERS {
            names.push(name);
        }
    }
    names[1..].sort();
    join(root, &names)
}

fn join(root: &Path, names: &[impl AsRef<str>]) -> Result<String> {
    let mut joined = String::new();
    for name in names {
        let name = name.as_ref();
        let style = text(&root.join(name))?;
        // An import would ask the server once more, for a file that is not there.
        ensure!(
            !style.contains("@import"),
            "{name} imports another stylesheet"
        );
        joined.push_str(&squeeze::style(&style));
        joined.push('\n');
    }
    Ok(joined)
}
