package import Logging
package import Warehouse

/// Alerts in the log of the process that sends them: `critical` as errors, the others as warnings.
///
/// Their ends are warnings too: whoever sees the beginning at the usual level must see the end.
package struct LogChannel: AlertChannel {
    package let name = "log"
    private let logger: Logger

    package init(logger: Logger) {
        self.logger = logger
    }

    package func send(_ notice: AlertNotice) async throws(AlertDeliveryFailure) {
        let alert = notice.alert
        logger.log(
            level: level(of: notice),
            "alert \(notice.summary)",
            metadata: [
                "event": "\(notice.event.rawValue)", "condition": "\(alert.condition)",
                "severity": "\(alert.severity.rawValue)", "raised_at": "\(alert.raisedAt)",
            ]
        )
    }

    private func level(of notice: AlertNotice) -> Logger.Level {
        notice.event == .raised && notice.alert.severity == .critical ? .error : .warning
    }
}
