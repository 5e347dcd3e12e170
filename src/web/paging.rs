//! Paging: lists are walked by key, never by number; a page knows where the next one begins.

/// Rows of one page and the key of the next.
#[derive(Clone, Debug)]
pub struct Slice<T> {
    pub rows: Vec<T>,
    pub next: Option<String>,
}

impl<T> Slice<T> {
    /// Takes `size` of the rows that were read; one more than that means there is a next page, which begins after
    /// the last row shown.
    pub fn cut(mut rows: Vec<T>, size: usize, key: impl Fn(&T) -> String) -> Self {
        let more = rows.len() > size;
        rows.truncate(size);
        let next = rows.last().filter(|_| more).map(key);
        Self { rows, next }
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }
}

/// Sizes a reader may choose.
pub const SIZES: [usize; 4] = [20, 50, 100, 200];

/// The size asked for, or fifty.
pub fn size(text: &str) -> usize {
    text.parse()
        .ok()
        .filter(|size| SIZES.contains(size))
        .unwrap_or(50)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_row_too_many_is_the_next_page() {
        let slice = Slice::cut(vec![1, 2, 3], 2, ToString::to_string);
        assert_eq!((slice.rows, slice.next.as_deref()), (vec![1, 2], Some("2")));
        assert_eq!(Slice::cut(vec![1, 2], 2, ToString::to_string).next, None);
    }

    #[test]
    fn only_offered_sizes_are_taken() {
        assert_eq!(
            [size("100"), size("7"), size("99999"), size("")],
            [100, 50, 50, 50]
        );
    }
}
