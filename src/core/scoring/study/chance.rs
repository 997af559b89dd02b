//! Chance that is the same everywhere: SplitMix64, and what is drawn from it.

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// What two pairs' streams lie apart.
const APART: u64 = 0xD134_2543_DE82_EF95;

/// What separates a pair's two streams.
const OBSERVED: u64 = 0xA5A5_A5A5_A5A5_A5A5;

/// One stream of draws.
#[derive(Clone, Copy, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The two streams of a pair: what happens to it, and what of that is seen.
    pub fn of_pair(seed: u64, pair: u64) -> (Self, Self) {
        let start = seed.wrapping_add(pair.wrapping_mul(APART));
        (Self(start), Self(start ^ OBSERVED))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let z = self.0;
        let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// `u`: evenly from 0 to below 1.
    pub fn even(&mut self) -> f64 {
        const SCALE: f64 = 1.0 / (1_u64 << 53) as f64;
        (self.next() >> 11) as f64 * SCALE
    }

    /// `n`: about normal, mean 0 and deviation 1; twelve even draws less 6.
    pub fn normal(&mut self) -> f64 {
        (0..12).fold(0.0, |sum, _| sum + self.even()) - 6.0
    }

    /// True this often; one even draw.
    pub fn is(&mut self, likely: f64) -> bool {
        self.even() < likely
    }
}

/// 1 / (1 + exp(-x)).
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_splitmix64() {
        // The first values of the generator's published form for the seed 0.
        let mut chance = Chance(0);
        assert_eq!(
            [chance.next(), chance.next(), chance.next()],
            [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F]
        );
    }

    #[test]
    fn draws_lie_where_they_should() {
        let (mut chance, _) = Chance::of_pair(1, 2);
        let draws: Vec<f64> = (0..10_000).map(|_| chance.even()).collect();
        assert!(draws.iter().all(|draw| (0.0..1.0).contains(draw)));
        let normal: f64 = (0..10_000).map(|_| chance.normal().powi(2)).sum::<f64>() / 1e4;
        assert!((0.95..1.05).contains(&normal), "{normal}");
    }
}
