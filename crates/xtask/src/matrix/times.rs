//! Medians and worst times.

use std::fmt;

/// The times of some cells, in milliseconds.
#[derive(Debug, Default)]
pub struct Times(Vec<i64>);

impl FromIterator<i64> for Times {
    fn from_iter<I: IntoIterator<Item = i64>>(times: I) -> Self {
        let mut times: Vec<i64> = times.into_iter().collect();
        times.sort_unstable();
        Self(times)
    }
}

impl Times {
    /// The one in the middle; of two in the middle, the longer.
    pub fn median(&self) -> Option<i64> {
        self.0.get(self.0.len() / 2).copied()
    }

    /// The longest.
    pub fn worst(&self) -> Option<i64> {
        self.0.last().copied()
    }
}

/// `median / worst`, or a dash where nothing was measured.
impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.median(), self.worst()) {
            (Some(median), Some(worst)) => write!(f, "{median} / {worst}"),
            _ => f.write_str("-"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle_and_the_worst_is_last() {
        let told = |times: &[i64]| times.iter().copied().collect::<Times>().to_string();
        assert_eq!(told(&[]), "-");
        assert_eq!(told(&[7]), "7 / 7");
        assert_eq!(told(&[30, 10, 20]), "20 / 30");
        assert_eq!(told(&[40, 10, 30, 20]), "30 / 40");
    }
}
