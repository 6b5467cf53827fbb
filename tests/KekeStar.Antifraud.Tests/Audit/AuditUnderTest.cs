using System.Diagnostics.Metrics;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Tests.Service;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Audit;

/// <summary>An audit log in a directory of its own, with a clock that the test sets.</summary>
internal sealed class AuditUnderTest : IDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("antifraud-audit-");
    private readonly ServiceProvider _services = new Microsoft.Extensions.DependencyInjection.ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private long _failures;

    public AuditUnderTest()
    {
        Options.Directory = Path.Combine(_folder.FullName, "audit");
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "antifraud.audit.failures" && instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>())
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref _failures, count));
        _listener.Start();
    }

    public AuditOptions Options { get; } = new();

    public string Directory => Options.Directory;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.Zero));

    public RecordingLog Log { get; } = new();

    /// <summary>What antifraud.audit.failures counted.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    public IReadOnlyList<AuditFile> Files => AuditDirectory.Files(Directory);

    public string LastFile => Files[^1].Path;

    public AuditLog Open()
    {
        using var logging = LoggerFactory.Create(builder => builder.AddProvider(Log));
        return AuditLog.Open(Options, new AuditMetrics(_services.GetRequiredService<IMeterFactory>()), logging.CreateLogger<AuditLog>(), Time);
    }

    /// <summary>Opens the log, writes lines and closes it.</summary>
    /// <returns>The last receipt.</returns>
    public async Task<AuditReceipt> WriteAsync(int lines)
    {
        using var log = Open();
        AuditReceipt? last = null;
        for (var i = 0; i < lines; i++)
        {
            last = await log.AppendAsync(Entry(i), CancellationToken.None);
            Assert.NotNull(last);
        }

        return last!;
    }

    public AuditVerification Verify(string? expectedLast = null) => AuditVerifier.Verify(Directory, expectedLast);

    /// <summary>Every line of every file that is one.</summary>
    public List<AuditLine> Lines() => [.. Files
        .SelectMany(static file => File.ReadAllLines(file.Path))
        .Select(static line => AuditLine.TryParse(System.Text.Encoding.UTF8.GetBytes(line)))
        .OfType<AuditLine>()];

    public static AuditEntry Entry(int number) => new()
    {
        Action = AuditAction.EraseAccount,
        Caller = "spiffe://example/privacy",
        Purpose = "account_closed",
        Subject = "00112233445566ff",
        Details = new AuditDetails().Add("records_removed", number).Add("result", "done"),
    };

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
        _folder.Delete(recursive: true);
    }
}
