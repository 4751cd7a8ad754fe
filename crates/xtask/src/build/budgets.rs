//! What the build weighs against what it may weigh (`budgets.toml`).

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};

use super::compress::{Size, Sizes};
use crate::say;

#[derive(Deserialize)]
struct Budgets {
    budget: Vec<Budget>,
}

/// One limit: the files whose names fit, together.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    what: String,
    files: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
    /// Bytes, as sent with brotli.
    most: usize,
}

/// What is written to `dist/build.json`.
#[derive(Serialize, Deserialize)]
pub struct Report {
    /// The hash of everything that the build was made from.
    pub inputs: String,
    budgets: Vec<Weighed>,
    files: Sizes,
}

#[derive(Serialize, Deserialize)]
struct Weighed {
    what: String,
    raw: usize,
    brotli: usize,
    most: usize,
}

impl Report {
    /// The report of the build in a folder, if there is one.
    pub fn read(dist: &Path) -> Option<Self> {
        serde_json::from_str(&fs::read_to_string(dist.join("build.json")).ok()?).ok()
    }

    /// Weighs the files by the budgets of the repository.
    ///
    /// # Errors
    /// `budgets.toml` cannot be read, is not written as it should be, or names files of which the
    /// build has none.
    pub fn new(inputs: String, files: Sizes, root: &Path) -> Result<Self> {
        let text =
            fs::read_to_string(root.join("budgets.toml")).context("budgets.toml cannot be read")?;
        let budgets: Budgets = toml::from_str(&text).context("budgets.toml")?;
        let budgets = budgets
            .budget
            .into_iter()
            .map(|budget| weigh(budget, &files))
            .collect::<Result<_>>()?;
        Ok(Self {
            inputs,
            budgets,
            files,
        })
    }

    /// Writes the report as the text of `build.json`.
    ///
    /// # Errors
    /// The report cannot be written as JSON.
    pub fn json(&self) -> Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// Says what everything weighs.
    pub fn say(&self) {
        for it in &self.budgets {
            say::line(format!(
                "  {:<44} {:>9} B, {:>8} B as sent, budget {:>8} B",
                it.what, it.raw, it.brotli, it.most
            ));
        }
    }

    /// Checks that everything is within its budget.
    ///
    /// # Errors
    /// Something is too heavy. The error names all of it, with weights and budgets in bytes.
    pub fn check(&self) -> Result<()> {
        let heavy: Vec<String> = self
            .budgets
            .iter()
            .filter(|it| it.brotli > it.most)
            .map(|it| {
                format!(
                    "{} weighs {} B, its budget is {} B",
                    it.what, it.brotli, it.most
                )
            })
            .collect();
        if !heavy.is_empty() {
            bail!("{}", heavy.join("; "));
        }
        Ok(())
    }
}

fn weigh(budget: Budget, files: &Sizes) -> Result<Weighed> {
    for pattern in budget.files.iter().chain(&budget.except) {
        ensure!(
            files.keys().any(|name| fits(name, pattern)),
            "budgets.toml: no file of the build fits `{pattern}`"
        );
    }
    let counted = files.iter().filter(|(name, _)| {
        budget.files.iter().any(|pattern| fits(name, pattern))
            && !budget.except.iter().any(|pattern| fits(name, pattern))
    });
    let sum = counted.fold(Size::default(), |sum, (_, size)| Size {
        raw: sum.raw + size.raw,
        brotli: sum.brotli + size.brotli,
        gzip: sum.gzip + size.gzip,
    });
    Ok(Weighed {
        what: budget.what,
        raw: sum.raw,
        brotli: sum.brotli,
        most: budget.most,
    })
}

/// Whether a name fits a pattern, in which one `*` stands for anything.
fn fits(name: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        Some((before, after)) => {
            name.len() >= before.len() + after.len()
                && name.starts_with(before)
                && name.ends_with(after)
        }
        None => name == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Sizes {
        [
            ("assets/app.1.css", 10),
            ("assets/pay.1.css", 5),
            ("index.html", 3),
        ]
        .map(|(name, brotli)| {
            (
                name.to_owned(),
                Size {
                    raw: 100,
                    brotli,
                    gzip: 0,
                },
            )
        })
        .into()
    }

    fn budget(files: &[&str], except: &[&str], most: usize) -> Budget {
        let owned = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect();
        Budget {
            what: "it".to_owned(),
            files: owned(files),
            except: owned(except),
            most,
        }
    }

    #[test]
    fn files_are_counted_by_pattern() {
        let check = |budget, expected| {
            assert_eq!(weigh(budget, &files()).unwrap().brotli, expected);
        };
        check(budget(&["assets/*.css"], &[], 0), 15);
        check(budget(&["assets/*.css"], &["assets/pay.*"], 0), 10);
        check(budget(&["index.html", "assets/app.*"], &[], 0), 13);
        assert!(weigh(budget(&["assets/*.js"], &[], 0), &files()).is_err());
    }

    #[test]
    fn what_is_too_heavy_is_named() {
        let report = |most| Report {
            inputs: String::new(),
            budgets: vec![weigh(budget(&["assets/*.css"], &[], most), &files()).unwrap()],
            files: files(),
        };
        report(15).check().unwrap();
        let error = report(14).check().unwrap_err().to_string();
        assert_eq!(error, "it weighs 15 B, its budget is 14 B");
    }
}
