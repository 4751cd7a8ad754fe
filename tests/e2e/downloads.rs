//! Files that the browser saves.

use serde_json::json;
use tempfile::TempDir;

use crate::browser::Browser;

/// A folder that downloads go to.
pub struct Downloads(TempDir);

impl Browser {
    /// Lets the browser save files, in a folder of the test's own.
    pub async fn keep_downloads(&self) -> Downloads {
        let folder = tempfile::tempdir().unwrap();
        let allowed = json!({ "behavior": "allow", "downloadPath": folder.path() });
        self.cdp()
            .send_raw("Browser.setDownloadBehavior", allowed)
            .await
            .unwrap();
        Downloads(folder)
    }
}

impl Downloads {
    /// Waits for a file whose name ends so, and takes it out of the folder.
    pub async fn next(&self, browser: &Browser, ending: &str) -> Vec<u8> {
        let named = || {
            let mut files = std::fs::read_dir(self.0.path()).unwrap().flatten();
            files
                .find(|file| file.path().extension().is_some_and(|found| found == ending))
                .map(|file| file.path())
        };
        let what = format!("a file that ends with .{ending}");
        browser.until(&what, || async { named().is_some() }).await;
        let path = named().unwrap();
        let bytes = std::fs::read(&path).unwrap();
        std::fs::remove_file(path).unwrap();
        bytes
    }
}
