//! One way to sort for all: a sort of each kind of thing weighs some kilobytes in a page.

/// Sorts by a number, the smallest first. Those of the same number stay as they were.
pub fn sort_by_number<T>(items: &mut Vec<T>, number: impl Fn(&T) -> u64) {
    let order = order(items.iter().map(number).collect());
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(
        order
            .into_iter()
            .filter_map(|index| taken.get_mut(index as usize)?.take()),
    );
}

/// As [`sort_by_number`], by a length, which is not below nothing.
pub fn sort_by_length<T>(items: &mut Vec<T>, length: impl Fn(&T) -> f32) {
    // Bits of positive floats order as the floats do.
    sort_by_number(items, |item| u64::from(length(item).max(0.0).to_bits()));
}

/// Indices of numbers, that of the smallest first.
#[inline(never)]
fn order(numbers: Vec<u64>) -> Vec<u32> {
    let mut pairs: Vec<(u64, u32)> = numbers.into_iter().zip(0..).collect();
    pairs.sort_unstable();
    pairs.into_iter().map(|(_, index)| index).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_comes_first_and_equals_stay_in_order() {
        let mut items = vec![(2.5, 'a'), (0.0, 'b'), (2.5, 'c'), (-1.0, 'd'), (1e9, 'e')];
        sort_by_length(&mut items, |item| item.0);
        let letters: String = items.iter().map(|item| item.1).collect();
        assert_eq!(letters, "bdace");
    }
}
