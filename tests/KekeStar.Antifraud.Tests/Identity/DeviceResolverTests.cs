using KekeStar.Antifraud.Identity;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Tests.Intake;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Identity;

[Collection(nameof(AllocationCollection))]
public class DeviceResolverTests
{
    private static readonly int[] Telling =
    [
        EntitySlot.Imei, EntitySlot.Meid, EntitySlot.Imei2, EntitySlot.Serial, EntitySlot.AndroidId, EntitySlot.Idfv,
        EntitySlot.OpenUdid, EntitySlot.Guid,
    ];

    private static readonly Pseudonym TokenDevice = new(77, 78);

    private readonly IntakeUnderTest _intake = new();

    [Fact]
    public void A_new_device_is_named_by_all_of_its_identifiers()
    {
        // Every subset of the eight identifiers.
        var devices = new HashSet<Pseudonym>();
        for (var present = 1; present < 1 << Telling.Length; present++)
        {
            var scoreEvent = Resolved(present);
            Assert.False(scoreEvent.IsDeviceSettled);
            Assert.True(devices.Add(scoreEvent.Entity(EntitySlot.Device)));
            Assert.Equal(scoreEvent.Entity(EntitySlot.Device), Resolved(present).Entity(EntitySlot.Device));
        }
    }

    [Fact]
    public void What_the_identifiers_are_linked_to_is_the_device()
    {
        var scoreEvent = Resolved(-1);
        DeviceResolver.Link(scoreEvent, 99, otherDevice: 0);
        Assert.True(scoreEvent.IsDeviceSettled);
        Assert.Equal(new Pseudonym(99, 0), scoreEvent.Entity(EntitySlot.Device));

        scoreEvent = Resolved(-1);
        var device = scoreEvent.Entity(EntitySlot.Device);
        DeviceResolver.Link(scoreEvent, 0, otherDevice: 0);
        Assert.True(scoreEvent.IsDeviceSettled);
        Assert.Equal(device, scoreEvent.Entity(EntitySlot.Device));
    }

    [Fact]
    public void What_many_devices_share_or_another_consent_covers_never_tells_a_device()
    {
        var scoreEvent = _intake.NewEvent();
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            if (slot != EntitySlot.Device && !Telling.Contains(slot))
            {
                scoreEvent.Entity(slot) = new Pseudonym(1_000, (ulong)slot);
            }
        }

        DeviceResolver.Resolve(scoreEvent);
        Assert.True(scoreEvent.Entity(EntitySlot.Device).IsNone);
        Assert.True(scoreEvent.IsDeviceSettled);
        Assert.Equal(0, scoreEvent.DroppedCount);
    }

    [Fact]
    public void Every_identifier_that_tells_the_device_is_of_the_category_that_the_counts_of_devices_need() =>
        Assert.All(Telling, slot => Assert.Equal(
            ConsentCategory.DeviceIdentifiers,
            DataInventory.OptionsOf(DeviceSignals.Descriptor.FindFieldByNumber(DeviceSignals.ImeiFieldNumber + slot - EntitySlot.Imei))!.Consent));

    [Fact]
    public void A_token_of_the_services_own_wins_over_every_identifier()
    {
        var scoreEvent = With(-1);
        scoreEvent.SetDeviceToken(Token());
        DeviceResolver.Resolve(scoreEvent);
        Assert.Equal(TokenDevice, scoreEvent.Entity(EntitySlot.Device));
        Assert.True(scoreEvent.IsDeviceSettled);
        Assert.Equal(0, scoreEvent.DroppedCount);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_forged_token_is_reported_and_the_identifiers_decide(bool hasIdentifiers)
    {
        var scoreEvent = hasIdentifiers ? With(-1) : _intake.NewEvent();
        var token = Token();
        token[^1] ^= 1;
        scoreEvent.SetDeviceToken(token);
        DeviceResolver.Resolve(scoreEvent);
        Assert.Equal(hasIdentifiers ? Resolved(-1).Entity(EntitySlot.Device) : default, scoreEvent.Entity(EntitySlot.Device));
        Assert.Equal([EventFacts.Note("device_token", DropCause.Malformed)], EventFacts.Notes(scoreEvent));
    }

    [Fact]
    public void The_device_of_one_pseudonym_differs_by_the_kind_of_identifier_and_from_the_pseudonym()
    {
        var devices = new HashSet<Pseudonym>();
        foreach (var slot in Telling.Where(slot => slot != EntitySlot.Imei2))
        {
            var scoreEvent = _intake.NewEvent();
            scoreEvent.Entity(slot) = new Pseudonym(5, 6);
            DeviceResolver.Resolve(scoreEvent);
            Assert.True(devices.Add(scoreEvent.Entity(EntitySlot.Device)));
        }

        Assert.DoesNotContain(new Pseudonym(5, 6), devices);
    }

    [Fact]
    public void One_imei_tells_one_device_in_either_slot()
    {
        var first = _intake.NewEvent();
        first.Entity(EntitySlot.Imei) = new Pseudonym(5, 6);
        var second = _intake.NewEvent();
        second.Entity(EntitySlot.Imei2) = new Pseudonym(5, 6);
        DeviceResolver.Resolve(first);
        DeviceResolver.Resolve(second);
        Assert.Equal(first.Entity(EntitySlot.Device), second.Entity(EntitySlot.Device));
    }

    [Fact]
    public void Resolving_allocates_nothing()
    {
        var scoreEvent = With(-1);
        var token = Token();
        Work(scoreEvent, token);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Work(scoreEvent, token);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Work(ScoreEvent scoreEvent, byte[] token)
    {
        scoreEvent.SetDeviceToken(token);
        DeviceResolver.Resolve(scoreEvent);
        scoreEvent.SetDeviceToken([]);
        DeviceResolver.Resolve(scoreEvent);
    }

    private ScoreEvent Resolved(int present)
    {
        var scoreEvent = With(present);
        DeviceResolver.Resolve(scoreEvent);
        return scoreEvent;
    }

    private ScoreEvent With(int present)
    {
        var scoreEvent = _intake.NewEvent();
        for (var i = 0; i < Telling.Length; i++)
        {
            scoreEvent.Entity(Telling[i]) = (present & (1 << i)) != 0 ? new Pseudonym(1_000, (ulong)Telling[i]) : default;
        }

        return scoreEvent;
    }

    private byte[] Token() => _intake.Token(TokenDevice);
}
