//! The snapshot file: what the state holds, as JSON, written so that a crash leaves the old one or
//! the new one and nothing between.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::gateway_state::GatewayState;

/// Raised when a newer gateway can no longer read an older file.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    #[serde(rename = "till")]
    state: &'a GatewayState,
}

#[derive(Deserialize)]
struct Read {
    format: u32,
    #[serde(rename = "till")]
    state: GatewayState,
}

/// Writes a state as the content of the file.
///
/// # Errors
/// The state cannot be written as JSON.
pub fn encode(state: &GatewayState) -> io::Result<Vec<u8>> {
    Ok(serde_json::to_vec(&Written {
        format: FORMAT,
        state,
    })?)
}

/// Reads the state from the file; an empty state where there is no file yet.
///
/// # Errors
/// The file is there but cannot be read, holds something other than a state, or has the format of
/// another version of the gateway.
pub fn read(path: &Path) -> io::Result<GatewayState> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(GatewayState::default()),
        Err(error) => return Err(error),
    };
    let read: Read = serde_json::from_slice(&text)?;
    if read.format != FORMAT {
        let message = format!(
            "the file has format {}, this gateway reads {FORMAT}",
            read.format
        );
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    Ok(read.state)
}

/// Replaces the content of the file in one step, so that a crash leaves either the old content or
/// the new.
///
/// # Errors
/// The new file cannot be written beside the old one, or cannot take its place.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let beside = beside(path);
    let mut file = create(&beside)?;
    file.write_all(content)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&beside, path)
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    path.with_file_name(name)
}

/// Creates a file that only its owner may read, because whoever knows an address in it can use the
/// payment.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("{name}-{:x}", rand::random::<u64>()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn a_missing_file_is_an_empty_till() {
        let state = read(&folder("missing").join("gateway.json")).unwrap();
        assert_eq!(state.revision(), 0);
    }

    #[test]
    fn a_file_is_replaced_whole_and_leaves_nothing_beside_it() {
        let folder = folder("replaced");
        let path = folder.join("gateway.json");
        replace(&path, b"a much longer first text").unwrap();
        replace(&path, &encode(&GatewayState::default()).unwrap()).unwrap();
        read(&path).unwrap();
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_cannot_be_read_is_an_error_and_not_an_empty_till() {
        let folder = folder("broken");
        let path = folder.join("gateway.json");
        for content in ["", "{", r#"{"format":99,"till":{}}"#] {
            replace(&path, content.as_bytes()).unwrap();
            assert!(read(&path).is_err(), "{content}");
        }
        fs::remove_dir_all(folder).unwrap();
    }
}
