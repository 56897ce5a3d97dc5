/// V15: the ratios in which shares are split or consolidated.
enum SplitRatio {
    /// New shares for each old one.
    ///
    /// What companies have really done; a list of every n:m would fit any price.
    private static let ratios: [Double] = [
        5.0 / 4, 4.0 / 3, 3.0 / 2, 5.0 / 3, 2, 5.0 / 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100,
    ]

    /// Whether a price that moves from `before` to `after` fits one of the ratios, either way, within 3 %.
    static func fits(from before: Double, to after: Double) -> Bool {
        let factor = max(before, after) / min(before, after)
        return ratios.contains { (factor / $0 - 1).magnitude <= 0.03 }
    }
}
