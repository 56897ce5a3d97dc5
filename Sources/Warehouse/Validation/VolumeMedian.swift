/// V16: compares a volume with the median of the 20 before it.
struct VolumeMedian {
    private let volumes: [Double]
    private var sorted = [Double](repeating: 0, count: PageContext.volumeWindow)

    /// - Parameter volumes: in the order of time.
    init(volumes: [Double]) {
        self.volumes = volumes
    }

    /// Whether the volume is over 10 times or under a tenth of the median; `false` with fewer than 20 volumes before it,
    /// or when their median is 0.
    @inline(__always)
    mutating func isAnomaly(at index: Int) -> Bool {
        let size = PageContext.volumeWindow
        guard index >= size else { return false }
        let volume = volumes[index]
        // Half of the window must lie beyond the limit before the median can: counting is cheaper than sorting.
        var far = 0
        var near = 0
        volumes.withUnsafeBufferPointer { volumes in
            for position in (index - size)..<index {
                far += volumes[position] * 10 < volume ? 1 : 0
                near += volumes[position] * 0.1 > volume ? 1 : 0
            }
        }
        guard far >= size / 2 || near >= size / 2 else { return false }
        let median = median(before: index)
        return median > 0 && (volume > 10 * median || volume < 0.1 * median)
    }

    @inline(never)
    private mutating func median(before index: Int) -> Double {
        let size = PageContext.volumeWindow
        for count in 0..<size {
            let value = volumes[index - size + count]
            var position = count
            while position > 0, sorted[position - 1] > value {
                sorted[position] = sorted[position - 1]
                position -= 1
            }
            sorted[position] = value
        }
        return (sorted[size / 2 - 1] + sorted[size / 2]) / 2
    }
}
