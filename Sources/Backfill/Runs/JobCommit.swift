import Store
import Warehouse

/// One transaction of a run: what is stored, and where the job stands with it.
struct JobCommit: Sendable {
    var batch: CandleBatch
    var progress: BackfillJob.Progress
}
