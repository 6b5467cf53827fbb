using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Consents;
using KekeStar.Antifraud.Intake.Identifiers;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Rights.Consents;
using KekeStar.Antifraud.Tests.Privacy;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;
using KekeStar.Antifraud.Windows.Journals;

namespace KekeStar.Antifraud.Tests.Rights;

/// <summary>An outcome that comes for an event of an erased account does not bring the account back.</summary>
public sealed class ForgottenReportTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_report_of_an_event_from_before_the_erasure_writes_nothing_and_a_later_event_counts_anew(bool isErasedFirst)
    {
        await using var store = GarnetWindowStore.Open(new EmbeddedStoreOptions { MemoryBytes = 64L << 20 });
        await using var pipeline = new PipelineUnderTest(store);
        var epoch = pipeline.Get<KeyRing>().At(0).Current;
        var subjects = new[] { new AccountSubject(epoch, epoch.Pseudonymise(EntityKind.Account, "erased"u8)) };
        var before = Event("e-1");
        await pipeline.ScoreAsync(before);
        pipeline.Clock.Advance(TimeSpan.FromMinutes(1));
        var set = pipeline.Get<ConsentJournal>().SetAsync(
            subjects, ConsentMarker.Forgotten, pipeline.Clock.GetUtcNow().ToUnixTimeMilliseconds(), default);
        Assert.Equal(JournalAppend.Done, await set);

        // The report may also come between the marker and the erasure.
        if (!isErasedFirst)
        {
            await pipeline.ReportAsync(before, Outcome.HarassmentConfirmed);
        }

        Assert.Equal(StoreStatus.Ok, (await pipeline.Get<AccountErasure>().EraseAsync(subjects)).Status);
        await pipeline.ReportAsync(before, Outcome.HarassmentConfirmed);
        Assert.Equal(0, await LengthAsync(Account()));
        Assert.Equal(0, await LengthAsync(Device()));

        pipeline.Clock.Advance(TimeSpan.FromMinutes(1));
        var after = Event("e-2");
        await pipeline.ScoreAsync(after);
        await pipeline.ReportAsync(after, Outcome.HarassmentConfirmed);
        Assert.Equal(2 * WindowRecord.Length, await LengthAsync(Account()));
        Assert.Equal(2 * WindowRecord.Length, await LengthAsync(Device()));

        EntityRef Account() => new(EntityKind.Account, subjects[0].Account);

        EntityRef Device()
        {
            var status = EntityPseudonyms.TryMake(epoch, EntityKind.AndroidId, "5eed000000000001"u8, out var pseudonym);
            Assert.Equal(NormaliseStatus.Ok, status);
            return new EntityRef(EntityKind.AndroidId, pseudonym);
        }

        async Task<int> LengthAsync(EntityRef entity)
        {
            var key = new byte[WindowKey.Length];
            WindowKey.Write(key, epoch.Number, entity.Kind, entity.Pseudonym);
            return (await store.ReadAsync(key, 0, Patience.Limit)).Value.Length;
        }
    }

    private static ScoreRequest Event(string id) => new()
    {
        EventId = id,
        Scene = Scene.Login,
        AccountId = "erased",
        ClientIp = "203.0.113.7",
        Consent = new Consent { Granted = { ConsentCategory.DeviceIdentifiers } },
        Device = new DeviceSignals { AndroidId = "5eed000000000001", Platform = Platform.Android, Model = "PJZ110" },
    };
}
