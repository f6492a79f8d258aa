/// Returns the median of the values; NaN of an empty list.
pub(crate) fn median(values: &[f64]) -> f64 {
    at(values, 0.5)
}

/// Returns the value below which `share` of the values are; NaN of an empty list.
pub(crate) fn at(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * share).round() as usize).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_and_the_end_of_some_values() {
        let values = [3.0, 1.0, 2.0, 5.0, 4.0];
        assert_eq!((median(&values), at(&values, 0.99), at(&values, 0.0)), (3.0, 5.0, 1.0));
        assert!(median(&[]).is_nan());
    }
}
