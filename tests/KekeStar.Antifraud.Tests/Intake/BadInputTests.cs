using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Tests.Wire;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Intake;

/// <summary>
/// Each field of each request message, sent wrongly in every way: the request is refused with a text that names the
/// field, or the field is ignored and reported, and then nothing else of the request is lost.
/// </summary>
public class BadInputTests
{
    private readonly IntakeUnderTest _intake = new();

    public static TheoryData<string> ScoreFields() => [.. Paths(ScoreRequest.Descriptor).Select(ContractTree.Name)];

    public static TheoryData<string> ReportFields() => [.. Paths(ReportRequest.Descriptor).Select(ContractTree.Name)];

    [Theory]
    [MemberData(nameof(ScoreFields))]
    public void A_bad_field_of_a_score_request_is_refused_by_name_or_ignored_and_reported(string name)
    {
        var path = Paths(ScoreRequest.Descriptor).Single(path => ContractTree.Name(path) == name);
        var full = FullRequest.Make(_intake, software: 8, processes: 8, samples: 32);

        // A list keeps its good entries; a series with a bad entry is no series.
        var isMotion = path.Length == 3 && path[1].MessageType?.Name == nameof(MotionSeries);
        var keep = path[^1].IsRepeated && !isMotion;
        var without = isMotion ? path[..2] : path;
        var baseline = _intake.Parse(BadFields.Embed(full, without, [], keep));
        foreach (var bad in BadFields.Of(path[^1]))
        {
            var message = BadFields.Embed(full, path, bad.Raw, keep || isMotion);
            var actual = _intake.Parse(message);
            var what = $"{name} {bad.Fault} {Convert.ToHexString(bad.Raw.AsSpan(0, Math.Min(bad.Raw.Length, 24)))}";
            AssertNoCanary(actual, what);
            switch (BadInputExpectation.Of(path, bad))
            {
                case { Refused: { } refused }:
                    Assert.True(actual.Error != RequestError.None, $"{what}: not refused");
                    Assert.True(RequestErrorText.Of(actual.Error).StartsWith(refused + " ", StringComparison.Ordinal), $"{what}: {actual.Error}");
                    break;
                case { IsValid: true }:
                    Assert.True(actual.Error == RequestError.None, $"{what}: {actual.Error}");
                    Assert.Empty(EventFacts.Notes(actual));
                    break;
                case { Note: var note }:
                    Assert.True(actual.Error == RequestError.None, $"{what}: {actual.Error}");
                    Assert.Equal(EventFacts.Of(baseline), EventFacts.Of(actual));
                    var notes = EventFacts.Notes(baseline);
                    if (note is not null)
                    {
                        Assert.True(notes.Add(note), $"{what}: already in the baseline");
                    }

                    Assert.True(notes.SetEquals(EventFacts.Notes(actual)), $"{what}: expected [{string.Join(", ", notes)}], got [{string.Join(", ", EventFacts.Notes(actual))}]");
                    break;
            }
        }
    }

    [Theory]
    [MemberData(nameof(ScoreFields))]
    public void A_missing_field_costs_itself_alone(string name)
    {
        var path = Paths(ScoreRequest.Descriptor).Single(path => ContractTree.Name(path) == name);
        var full = FullRequest.Make(_intake, software: 8, processes: 8, samples: 32);
        var actual = _intake.Parse(BadFields.Embed(full, path, []));
        if (name is "event_id" or "scene" or "event_time.seconds")
        {
            Assert.StartsWith(path[0].Name + " ", RequestErrorText.Of(actual.Error), StringComparison.Ordinal);
            return;
        }

        Assert.Equal(RequestError.None, actual.Error);
        if (path[0].Name == "consent")
        {
            Assert.Equal(name == "consent.decided_at" || path.Length == 3, EventFacts.Notes(actual).Count == 0);
        }
        else if (path.Length == 3 && path[1].MessageType.Name == nameof(MotionSeries))
        {
            Assert.Equal([EventFacts.Note(path[1].Name, DropCause.Malformed)], EventFacts.Notes(actual));
        }
        else
        {
            Assert.Empty(EventFacts.Notes(actual));
        }
    }

    [Theory]
    [MemberData(nameof(ReportFields))]
    public void A_bad_field_of_a_report_is_refused_by_name(string name)
    {
        var path = Paths(ReportRequest.Descriptor).Single(path => ContractTree.Name(path) == name);
        var full = new ReportRequest
        {
            EventId = "e-1",
            AccountId = "a-1",
            Outcome = Outcome.LoginFailed,
            OutcomeTime = Timestamp.FromDateTimeOffset(IntakeUnderTest.Now.AddMinutes(-11)),
            Provider = "geetest",
        };
        Assert.Equal(RequestError.None, _intake.Reports.Parse(full.ToByteArray()).Error);
        foreach (var bad in BadFields.Of(path[^1]))
        {
            var report = _intake.Reports.Parse(BadFields.Embed(full, path, bad.Raw));
            var what = $"{name} {bad.Fault} {Convert.ToHexString(bad.Raw.AsSpan(0, Math.Min(bad.Raw.Length, 24)))}";
            var expected = BadInputExpectation.OfReport(path, bad);
            Assert.True((expected is null) == (report.Error == RequestError.None), $"{what}: {report.Error}");
            Assert.True(
                expected is null || RequestErrorText.Of(report.Error).StartsWith(expected + " ", StringComparison.Ordinal),
                $"{what}: {report.Error}");
        }
    }

    [Theory]
    [InlineData("event_id")]
    [InlineData("outcome")]
    public void A_report_without_what_it_needs_is_refused_by_name(string name)
    {
        var report = new ReportRequest { EventId = "e-1", Outcome = Outcome.Missed };
        Assert.Equal(RequestError.None, _intake.Reports.Parse(report.ToByteArray()).Error);
        ReportRequest.Descriptor.FindFieldByName(name).Accessor.Clear(report);
        Assert.StartsWith(name + " is missing", RequestErrorText.Of(_intake.Reports.Parse(report.ToByteArray()).Error), StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_of_more_than_64_KiB_is_refused_and_one_of_exactly_64_KiB_is_not()
    {
        var small = new ScoreRequest { EventId = "e", Scene = Scene.Login }.ToByteArray();
        byte[] largest = [.. small, .. WireBytes.Bytes(3_000, new byte[65_536 - small.Length - 6])];
        Assert.Equal(65_536, largest.Length);
        Assert.Equal(RequestError.None, _intake.Parse(largest).Error);
        Assert.Equal(RequestError.EventTooLarge, _intake.Parse([.. largest, 0]).Error);
        Assert.Equal(RequestError.EventTooLarge, _intake.Reports.Parse([.. largest, 0]).Error);
        Assert.Equal(RequestError.EventTooLarge, _intake.Parse(new byte[1_000_000]).Error);
        Assert.Contains("65536 bytes", RequestErrorText.Of(RequestError.EventTooLarge), StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_cut_anywhere_is_refused_or_is_missing_whole_fields_alone()
    {
        var whole = FullRequest.Make(_intake, software: 2, processes: 2, samples: 4).ToByteArray();
        var ends = new HashSet<int> { 0 };
        foreach (var field in WireBytes.Split(whole))
        {
            ends.Add(ends.Max() + field.Raw.Length);
        }

        for (var length = 0; length <= whole.Length; length++)
        {
            var error = _intake.Parse(whole.AsSpan(0, length)).Error;
            Assert.Equal(!ends.Contains(length), error == RequestError.NotProtobuf);
        }
    }

    [Theory]
    [InlineData(-86_400_000, RequestError.None)]
    [InlineData(-86_400_001, RequestError.EventTimeTooOld)]
    [InlineData(600_000, RequestError.None)]
    [InlineData(600_001, RequestError.EventTimeAhead)]
    public void The_bounds_of_the_event_time_are_exact(long offset, object expected)
    {
        var time = Timestamp.FromDateTimeOffset(IntakeUnderTest.Now.AddMilliseconds(offset));
        var actual = _intake.Parse(new ScoreRequest { EventId = "e", Scene = Scene.Login, EventTime = time }.ToByteArray());
        Assert.Equal(expected, actual.Error);
    }

    internal static void AssertNoCanary(ScoreEvent scoreEvent, string what)
    {
        var texts = EventFacts.Notes(scoreEvent).Append(RequestErrorText.Of(scoreEvent.Error)).Append(scoreEvent.Error.ToString());
        Assert.All(texts, text => Assert.False(text.Contains("CANARY", StringComparison.OrdinalIgnoreCase) || text.Contains("7f3a", StringComparison.Ordinal), what));
    }

    private static IEnumerable<FieldDescriptor[]> Paths(MessageDescriptor root) => ContractTree.Paths(root).SelectMany(path =>
        ContractTree.IsLeaf(path[^1]) && path[^1].FieldType == FieldType.Message
            ? Timestamp.Descriptor.Fields.InFieldNumberOrder().Select(inner => (FieldDescriptor[])[.. path, inner]).Prepend(path)
            : [path]);
}
