import Warehouse

/// A bar with its percentage.
enum ProgressBar {
    /// `■■■■■■····  62.5 %`: the bar takes what the number leaves of `width`.
    static func text(_ fraction: Double, width: Int) -> String {
        let number = fraction.asPercent
        let padded = String(repeating: " ", count: max(0, 7 - number.count)) + number
        let cells = max(0, width - padded.count - 1)
        // Full only when all is done.
        let filled = fraction >= 1 ? cells : min(cells - 1, Int(fraction * Double(cells)))
        return String(repeating: "■", count: max(0, filled))
            + String(repeating: "·", count: max(0, cells - max(0, filled)))
            + " " + padded
    }
}
