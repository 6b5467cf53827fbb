using System.Diagnostics.Metrics;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.Intake.RiskTools;
using KekeStar.Antifraud.Tests.Service;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Intake.References;

/// <summary>A folder's tables replace the shipped ones while the service runs; a bad file changes nothing at all.</summary>
public sealed class ReferenceTableSourceTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("tables-").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLog _log = new();
    private readonly List<ReferenceTableReloadResult> _results = [];

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void Without_a_folder_the_shipped_tables_are_in_force()
    {
        using var source = new ReferenceTableSource(new ReferenceTableOptions(), _time, NullLogger<ReferenceTableSource>.Instance);
        Assert.Same(ReferenceTables.Embedded, source.Current);
    }

    [Fact]
    public void A_file_replaces_its_table_and_removing_it_brings_the_shipped_one_back()
    {
        using var source = Start();
        Assert.Equal(0, source.Current.Tacs.FindBrand("99887766123456"u8));

        WriteTacs(99_887_766);
        Pass();
        Assert.Equal(4, source.Current.Tacs.FindBrand("99887766123456"u8));
        Assert.Equal(0, source.Current.Tacs.FindBrand("01124500123456"u8));
        Assert.Equal(ReferenceTables.Embedded.Ouis.Header, source.Current.Ouis.Header);

        File.Delete(Path.Combine(_folder, "tacs.table"));
        Pass();
        Assert.Equal(ReferenceTables.Embedded.Tacs.Header, source.Current.Tacs.Header);
        Assert.Equal([ReferenceTableReloadResult.Applied, ReferenceTableReloadResult.Applied], _results);
    }

    [Fact]
    public void A_folder_that_does_not_change_is_not_read_again()
    {
        WriteTacs(99_887_766);
        using var source = Start();
        var before = source.Current;
        Pass();
        Pass();
        Assert.Same(before, source.Current);
        Assert.Empty(_results);
    }

    [Fact]
    public void Risk_tools_and_hosters_are_replaced_too()
    {
        using var source = Start();
        File.WriteAllText(Path.Combine(_folder, "risk-tools.tsv"), "# date: 2026-12-01\ncom.example.changer\tdevice_changer\ta note\town\n");
        File.WriteAllText(Path.Combine(_folder, "hosting-asns.tsv"), "# none but a number for documentation\n64496\tprovider\tExample\n");
        Pass();
        Assert.Equal((ulong)RiskToolCategory.DeviceChanger, source.Current.RiskTools.Match("com.example.changer"u8));
        Assert.Equal((1, new DateOnly(2026, 12, 1)), (source.Current.RiskTools.Header.Entries, source.Current.RiskTools.Header.Date));

        // 8.8.8.8, which the shipped list marks.
        byte[] address = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 8, 8, 8, 8];
        Assert.True(ReferenceTables.Embedded.Addresses.Find(address, isIPv4: true).IsHosting);
        Assert.False(source.Current.Addresses.Find(address, isIPv4: true).IsHosting);
        Assert.StartsWith("hosting-asns.tsv of the folder; the rest: npm @ip-location-db/", source.Current.Addresses.Header.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ouis.table", "half a table")]
    [InlineData("risk-tools.tsv", "a.b\tteapot\tnote\town\n")]
    [InlineData("hosting-asns.tsv", "AS64496\tprovider\tExample\n")]
    [InlineData("addresses.bin", "half a table")]
    [InlineData("country.mmdb", "half a table")]
    public void One_bad_file_changes_nothing_is_told_by_name_and_may_be_mended(string name, string text)
    {
        using var source = Start();
        var before = source.Current;
        WriteTacs(99_887_766);
        File.WriteAllText(Path.Combine(_folder, name), text);
        Pass();
        Pass();
        Assert.Same(before, source.Current);
        Assert.Equal([ReferenceTableReloadResult.Rejected], _results);
        Assert.Contains(_log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains(Path.Combine(_folder, name), StringComparison.Ordinal));

        File.Delete(Path.Combine(_folder, name));
        Pass();
        Assert.Equal(4, source.Current.Tacs.FindBrand("99887766123456"u8));
    }

    [Fact]
    public void A_folder_that_goes_away_is_told_once_and_its_return_is_noticed()
    {
        WriteTacs(99_887_766);
        using var source = Start();
        var before = source.Current;
        Directory.Move(_folder, _folder + "-away");
        Pass();
        Pass();
        Assert.Same(before, source.Current);
        Assert.Equal([ReferenceTableReloadResult.Unreadable], _results);

        Directory.Move(_folder + "-away", _folder);
        Pass();
        Assert.Equal([ReferenceTableReloadResult.Unreadable, ReferenceTableReloadResult.Applied], _results);
        Assert.Equal(4, source.Current.Tacs.FindBrand("99887766123456"u8));
    }

    [Fact]
    public void A_bad_file_at_the_start_stops_it_with_setting_file_and_remedy()
    {
        File.WriteAllText(Path.Combine(_folder, "tacs.table"), "half a table");
        var error = Assert.Throws<InvalidOperationException>(Start);
        Assert.Equal(
            $"Antifraud:Tables:Path: {Path.Combine(_folder, "tacs.table")} cannot be used: it does not begin as a reference table does. "
            + "Build it again ('antifraud tables build'), or remove it to have the table that ships with the service.",
            error.Message);
    }

    [Fact]
    public void Reloads_are_counted_by_what_came_of_them()
    {
        var counted = new List<string>();
        var thread = Environment.CurrentManagedThreadId;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == ReferenceTableMetrics.MeterName)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };

        // The meter is the process's, and other tests reload tables meanwhile; each on its own thread.
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (Environment.CurrentManagedThreadId == thread)
            {
                counted.Add($"{instrument.Name} {tags[0].Key}={tags[0].Value} {value}");
            }
        });
        listener.Start();
        using var source = Start();
        WriteTacs(99_887_766);
        Pass();
        File.WriteAllText(Path.Combine(_folder, "ouis.table"), "half a table");
        Pass();
        Assert.Equal(["antifraud.tables.reloads antifraud.tables.result=applied 1", "antifraud.tables.reloads antifraud.tables.result=rejected 1"], counted);
    }

    private ReferenceTableSource Start()
    {
        using var loggers = LoggerFactory.Create(builder => builder.AddProvider(_log));
        var source = new ReferenceTableSource(
            new ReferenceTableOptions { Path = _folder, PollInterval = Interval }, _time, loggers.CreateLogger<ReferenceTableSource>());
        source.Reloaded += (_, reload) => _results.Add(reload.Result);
        return source;
    }

    private void Pass() => _time.Advance(Interval);

    private void WriteTacs(uint code) => File.WriteAllBytes(
        Path.Combine(_folder, "tacs.table"),
        TableFile.Format(
            new TableHeader(TableKind.Tacs, new DateOnly(2026, 12, 1), 1, "a test", "none"), TableMaker.Numbers((code, TableMaker.Short(4)))));
}
