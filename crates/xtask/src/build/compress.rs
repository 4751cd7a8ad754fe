//! The files once more, compressed as hard as it goes, for the backend to send as they are.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{Result, anyhow};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use super::site::Site;

/// What a file weighs in bytes, as it is and as it is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// As it is.
    pub raw: usize,
    /// Brotli at its best, or as it is where that is no better.
    pub brotli: usize,
    /// The same by gzip.
    pub gzip: usize,
}

/// The sizes of all files, by name.
pub type Sizes = BTreeMap<String, Size>;

/// Adds `.br` and `.gz` beside every file that gets smaller by it. Returns the sizes in bytes.
///
/// # Errors
/// A file cannot be compressed.
pub fn compress(site: &mut Site) -> Result<Sizes> {
    let mut sizes = Sizes::new();
    let mut compressed = Vec::new();
    let results: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> = site
            .files()
            .map(|(name, bytes)| (name.to_owned(), scope.spawn(move || both(name, bytes))))
            .collect();
        running
            .into_iter()
            .map(|(name, thread)| (name, thread.join()))
            .collect()
    });
    for (name, result) in results {
        let (size, files) = result.map_err(|_| anyhow!("{name} cannot be compressed"))??;
        compressed.extend(
            files
                .into_iter()
                .map(|(ending, bytes)| (format!("{name}.{ending}"), bytes)),
        );
        sizes.insert(name, size);
    }
    site.add_compressed(compressed);
    Ok(sizes)
}

type Files = Vec<(&'static str, Vec<u8>)>;

fn both(name: &str, bytes: &[u8]) -> Result<(Size, Files)> {
    let raw = bytes.len();
    let mut size = Size {
        raw,
        brotli: raw,
        gzip: raw,
    };
    let mut files = Files::new();
    if is_packed_already(name) {
        return Ok((size, files));
    }
    let brotli = brotli(bytes)?;
    if brotli.len() < raw {
        size.brotli = brotli.len();
        files.push(("br", brotli));
    }
    let gzip = gzip(bytes)?;
    if gzip.len() < raw {
        size.gzip = gzip.len();
        files.push(("gz", gzip));
    }
    Ok((size, files))
}

fn is_packed_already(name: &str) -> bool {
    [".png", ".woff2", ".webp"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    // Quality 11 and the largest window that every browser takes.
    let mut writer = brotli::CompressorWriter::new(&mut packed, 1 << 16, 11, 22);
    writer.write_all(bytes)?;
    drop(writer);
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(bytes)?;
    Ok(writer.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_unpacked_is_what_was_packed() {
        let text = "the same words, ".repeat(500);
        let mut site = Site::default();
        site.page("a.css", text.as_str());
        let sizes = compress(&mut site).unwrap();
        let size = sizes["a.css"];
        assert!(size.brotli < size.raw && size.gzip < size.raw);

        let mut plain = String::new();
        let packed = site.bytes("a.css.br").unwrap();
        brotli::Decompressor::new(packed, 4096)
            .read_to_string(&mut plain)
            .unwrap();
        assert_eq!(plain, text);

        let mut plain = String::new();
        let packed = site.bytes("a.css.gz").unwrap();
        flate2::read::GzDecoder::new(packed)
            .read_to_string(&mut plain)
            .unwrap();
        assert_eq!(plain, text);
    }

    #[test]
    fn what_would_grow_is_left_alone() {
        let mut site = Site::default();
        site.page("a.css", "a");
        let sizes = compress(&mut site).unwrap();
        assert_eq!(
            sizes["a.css"],
            Size {
                raw: 1,
                brotli: 1,
                gzip: 1
            }
        );
        assert_eq!(site.files().count(), 1);
    }
}
