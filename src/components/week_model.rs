//! The hours of a week: which are shown, and where in a day's column an event stands. Pure.
//!
//! A column is a clock's face from midnight to midnight, also on a day on which the clocks
//! change, so that one hour is one height in the whole week. What lies in an hour that the
//! clock shows twice is as high as that face has room for it.

use std::cmp::Reverse;

use api_types::ClockChange;

use super::day_model::{DAY_MINUTES, DayPart};

/// The least height of an event, in minutes: one that is shorter could not be read or touched.
pub const LEAST_MINUTES: u16 = 30;

/// The hours that are shown where nothing is earlier or later.
const USUAL: Hours = Hours { from: 8, to: 18 };

const MINUTE_MILLIS: i64 = 60_000;

/// The hours of a day that are shown, from the beginning of one to the end of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// The first one: 0 to 23.
    pub from: u16,
    /// The one after the last: 1 to 24.
    pub to: u16,
}

/// An event in the column of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Which, and the part of it on that day.
    pub part: DayPart,
    /// Where it begins, in minutes since midnight.
    pub top: u16,
    /// How high it is, in minutes.
    pub length: u16,
    /// The lane that it stands in, from 0.
    pub lane: u16,
    /// How many lanes stand side by side there.
    pub lanes: u16,
}

impl Block {
    /// Where it ends, in minutes since midnight.
    pub fn bottom(&self) -> u16 {
        self.top + self.length
    }
}

/// The events of a day with hours, side by side where they overlap. What takes all of the day
/// is none of them.
pub fn blocks(parts: &[DayPart], change: Option<ClockChange>) -> Vec<Block> {
    let mut blocks: Vec<Block> = parts
        .iter()
        .filter(|part| !part.is_whole())
        .map(|part| {
            let (top, bottom) = extent(part, change);
            Block {
                part: part.clone(),
                top,
                length: bottom - top,
                lane: 0,
                lanes: 1,
            }
        })
        .collect();
    // The longer one goes first: the shorter ones then stand beside it.
    blocks.sort_by_key(|block| (block.top, Reverse(block.length)));
    let mut rest = blocks.as_mut_slice();
    while !rest.is_empty() {
        let (together, after) = rest.split_at_mut(touching(rest));
        side_by_side(together);
        rest = after;
    }
    blocks
}

/// The hours to show for all days of a week.
pub fn hours_shown<'a>(blocks: impl Iterator<Item = &'a Block>) -> Hours {
    blocks.fold(USUAL, |hours, block| Hours {
        from: hours.from.min(block.top / 60),
        to: hours.to.max(block.bottom().div_ceil(60)),
    })
}

/// From where to where it stands on the clock's face.
fn extent(part: &DayPart, change: Option<ClockChange>) -> (u16, u16) {
    let (mut top, mut bottom) = (part.from, part.to);
    if let Some((again, at)) = change.and_then(repeated_hours)
        && outlasts_its_face(part)
    {
        if part.to == again && minutes(part) == i64::from(at) - i64::from(top) {
            // It ends in the moment in which the clock goes back.
            bottom = at;
        } else {
            // It is under way while the clock goes through the same time again.
            (top, bottom) = (top.min(again), bottom.max(at));
        }
    }
    let bottom = bottom.max(top + LEAST_MINUTES).min(DAY_MINUTES);
    (top.min(bottom - LEAST_MINUTES), bottom)
}

/// The stretch that a clock shows twice where it goes back.
fn repeated_hours(change: ClockChange) -> Option<(u16, u16)> {
    let at = change.at_minute.min(DAY_MINUTES);
    (change.minutes < 0).then(|| (at.saturating_add_signed(change.minutes), at))
}

/// Whether it takes longer than the clock's face says.
fn outlasts_its_face(part: &DayPart) -> bool {
    part.is_all_of_it() && minutes(part) > i64::from(part.to) - i64::from(part.from)
}

/// How long the whole event takes.
fn minutes(part: &DayPart) -> i64 {
    let event = &part.placed.event;
    (event.ends_at.as_millis() - event.starts_at.as_millis()) / MINUTE_MILLIS
}

/// How many at the head of the list overlap, one with the next.
fn touching(blocks: &[Block]) -> usize {
    let mut bottom = 0;
    for (index, block) in blocks.iter().enumerate() {
        if index > 0 && block.top >= bottom {
            return index;
        }
        bottom = bottom.max(block.bottom());
    }
    blocks.len()
}

/// Gives each the first lane that is free.
fn side_by_side(blocks: &mut [Block]) {
    // Where each lane is free again.
    let mut lanes: Vec<u16> = Vec::new();
    for block in blocks.iter_mut() {
        let free = lanes.iter().position(|until| *until <= block.top);
        let lane = free.unwrap_or_else(|| {
            lanes.push(0);
            lanes.len() - 1
        });
        if let Some(until) = lanes.get_mut(lane) {
            *until = block.bottom();
        }
        block.lane = u16::try_from(lane).unwrap_or(u16::MAX);
    }
    let count = u16::try_from(lanes.len()).unwrap_or(u16::MAX);
    for block in blocks {
        block.lanes = count;
    }
}
