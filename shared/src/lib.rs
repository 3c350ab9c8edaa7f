//! What browser and relay both speak: the protocol, the city model, and the rules of moving about.
//!
//! Everything here is a pure function of its arguments: there is no I/O, no clock and no platform, so that the
//! same code runs in the relay, in the page, in the engine's worker and in tests. Time is always an argument.
//!
//! | module | one idea |
//! |---|---|
//! | [`space`] | positions, headings, levels and cells, in centimetres |
//! | [`motion`] | what an avatar does, and how fast |
//! | [`look`] | how an avatar appears |
//! | [`city`] | the compiled city: places, spots, parts of the kit |
//! | [`walk`] | collision, bounds and path finding over a place |
//! | [`check`] | whether a claimed motion was possible |
//! | [`help`] | calling a helper, and a helper who comes |
//! | [`moderation`] | roles, and the levers of those who run a place |
//! | [`protocol`] | the messages, and the reasons for closing |
//! | [`cell`] | the bit-packed frames of a cell's stream |
//! | [`text`] | what names and chat lines may hold |
//! | [`phrases`] | ready-made sentences that arrive in each reader's language |
//! | [`picture`] | a place as a small vector picture |
//! | [`order`] | one way to sort |
//! | [`stage`] | what the shell tells the engine |

#![warn(clippy::indexing_slicing)]

pub mod cell;
pub mod check;
pub mod city;
pub mod help;
pub mod look;
pub mod moderation;
pub mod motion;
pub mod order;
pub mod phrases;
pub mod picture;
pub mod protocol;
pub mod space;
pub mod stage;
pub mod text;
pub mod walk;
