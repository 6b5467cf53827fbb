using System.Runtime.CompilerServices;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Intake.Motion;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Intake;

/// <summary>
/// What is left of a request after intake: pseudonyms, classes, counts and bits. Reused from event to event; holds
/// no raw identifier. The event id's bytes are here to be echoed and nothing else.
/// </summary>
internal sealed class ScoreEvent
{
    private readonly byte[] _eventId = GC.AllocateArray<byte>(IntakeLimits.MaxEventIdBytes, pinned: true);
    private readonly byte[] _deviceToken = new byte[IntakeLimits.MaxDeviceTokenBytes];
    private int _eventIdLength;
    private int _deviceTokenLength;
    private uint _withdrawn;
    private ulong _emulatorSlots;
    private EntityTable _entities;
    private EntityTable _otherEntities;
    private DroppedTable _dropped;

    /// <summary>Why the event cannot be scored; None: it can.</summary>
    public RequestError Error { get; set; }

    /// <summary>The key epochs that the event is read under.</summary>
    public KeySet Keys { get; set; } = null!;

    /// <summary>The event id as it was sent.</summary>
    public ReadOnlySpan<byte> EventId => _eventId.AsSpan(0, _eventIdLength);

    /// <summary>Pseudonym of the event id, under the current epoch.</summary>
    public Pseudonym Event { get; set; }

    /// <summary>The same under the other epoch; none where there is none.</summary>
    public Pseudonym OtherEvent { get; set; }

    /// <summary>Event time, Unix milliseconds.</summary>
    public long TimeMilliseconds { get; set; }

    /// <summary>True if the event arrived more than the clock skew after its time.</summary>
    public bool IsLate { get; set; }

    /// <summary>When the account was erased last, Unix milliseconds; 0: not lately.</summary>
    public long ForgottenAtMilliseconds { get; set; }

    /// <summary>True if the account was erased after the event's time: the event is scored and written nowhere.</summary>
    public bool IsForgotten => ForgottenAtMilliseconds != 0 && TimeMilliseconds <= ForgottenAtMilliseconds;

    /// <summary>True if there are consent markers of the account.</summary>
    public bool HasConsentMarkers { get; set; }

    /// <summary>True if the account belongs to a minor: nothing but essential signals is read.</summary>
    public bool IsMinor { get; set; }

    /// <summary>True if what a minor's optional signals derived earlier is removed already.</summary>
    public bool IsMinorKnown { get; set; }

    /// <summary>What the user is about to do.</summary>
    public Scene Scene { get; set; }

    /// <summary>Operating system family.</summary>
    public Platform Platform { get; set; }

    /// <summary>What public registers say of the client's address.</summary>
    public AddressFacts Address { get; set; }

    /// <summary>How the device reaches the network.</summary>
    public AccessType AccessType { get; set; }

    /// <summary>State of a captcha before the event.</summary>
    public CaptchaState Captcha { get; set; }

    /// <summary>A vendor's score 0 … 1000; −1: none.</summary>
    public int VendorScore { get; set; }

    /// <summary>Language of the reasons.</summary>
    public ReasonLanguage ReasonLanguage { get; set; }

    /// <summary>One bit for each granted consent category, by its number; ESSENTIAL is always set.</summary>
    public uint Consent { get; set; }

    /// <summary>True if a software or process list was read.</summary>
    public bool HasSoftware { get; set; }

    /// <summary>Risk tool categories found in the lists.</summary>
    public ulong RiskTools { get; set; }

    /// <summary>True if an accelerometer series was read.</summary>
    public bool HasAccelerometer { get; set; }

    /// <summary>What the accelerometer series was found to be.</summary>
    public MotionFindings Motion { get; set; }

    /// <summary>True if the gyroscope contradicts the accelerometer; null: cannot be said.</summary>
    public bool? GyroscopeContradicts { get; set; }

    /// <summary>Which checks of the signals against each other could be made, by bit: <see cref="Consistency.SignalCheck"/>.</summary>
    public ulong ChecksKnown { get; set; }

    /// <summary>Which of them failed: a subset of <see cref="ChecksKnown"/>.</summary>
    public ulong ChecksViolated { get; set; }

    /// <summary>
    /// Evidence for labels that this event brings by itself, one bit for each of Decision/Labels; goes into the record
    /// of the device's own log.
    /// </summary>
    public uint Evidence { get; set; }

    /// <summary>True if a token names the device under the current epoch.</summary>
    public bool IsDeviceNamed { get; set; }

    /// <summary>False while the device's name, under any epoch that is written, depends on where its identifiers were seen.</summary>
    public bool IsDeviceSettled { get; set; }

    /// <summary>The device token as it was sent; empty: none.</summary>
    public ReadOnlySpan<byte> DeviceToken => _deviceToken.AsSpan(0, _deviceTokenLength);

    /// <summary>Number of dropped signals noted.</summary>
    public int DroppedCount { get; private set; }

    /// <summary>The entity in a slot of <see cref="EntitySlot"/>, under the current epoch; none: absent.</summary>
    public ref Pseudonym Entity(int slot) => ref _entities[slot];

    /// <summary>The same under the other epoch; none where there is none.</summary>
    public ref Pseudonym OtherEntity(int slot) => ref _otherEntities[slot];

    /// <summary>Puts an entity into a slot, under every epoch.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="value">The normalised value.</param>
    public void Pseudonymise(int slot, ReadOnlySpan<byte> value)
    {
        var kind = EntitySlot.Kind(slot);
        _entities[slot] = Keys.Current.Pseudonymise(kind, value);
        if (Keys.Other is { } other)
        {
            _otherEntities[slot] = other.Pseudonymise(kind, value);
        }
    }

    /// <summary>Empties a slot.</summary>
    public void Forget(int slot)
    {
        _entities[slot] = default;
        _otherEntities[slot] = default;
        _emulatorSlots &= ~(1UL << slot);
    }

    /// <summary>Notes that the identifier sent for a slot was one that only an emulator gives out.</summary>
    public void NoteEmulator(int slot) => _emulatorSlots |= 1UL << slot;

    /// <summary>True if the identifier sent for a slot was one that only an emulator gives out; the slot itself is empty.</summary>
    public bool IsEmulatorIdentifier(int slot) => (_emulatorSlots & (1UL << slot)) != 0;

    /// <summary>A dropped signal.</summary>
    public DroppedSignalNote Dropped(int index) => _dropped[index];

    /// <summary>Keeps the event id for the reply, and its pseudonym.</summary>
    public void SetEventId(ReadOnlySpan<byte> eventId)
    {
        eventId.CopyTo(_eventId);
        _eventIdLength = eventId.Length;
        Event = Keys.Current.Pseudonymise(EntityKind.Event, eventId);
        OtherEvent = Keys.Other?.Pseudonymise(EntityKind.Event, eventId) ?? default;
    }

    /// <summary>Keeps the device token for the identity step.</summary>
    public void SetDeviceToken(ReadOnlySpan<byte> token)
    {
        token.CopyTo(_deviceToken);
        _deviceTokenLength = token.Length;
    }

    /// <summary>Notes a signal that was sent but not used; the same note is kept once.</summary>
    public void Drop(byte nameIndex, DropCause cause)
    {
        var note = new DroppedSignalNote(nameIndex, cause);
        for (var i = 0; i < DroppedCount; i++)
        {
            if (_dropped[i] == note)
            {
                return;
            }
        }

        if (DroppedCount < IntakeLimits.MaxDroppedSignals)
        {
            _dropped[DroppedCount++] = note;
        }
    }

    /// <summary>Takes a category back that the user withdrew.</summary>
    public void Withdraw(ConsentCategory category) => _withdrawn |= 1u << (int)category;

    /// <summary>True if the category is granted, not withdrawn, and may be read of this account.</summary>
    public bool Grants(ConsentCategory category) =>
        (Consent & ~_withdrawn & (1u << (int)category)) != 0 && (!IsMinor || category == ConsentCategory.Essential);

    /// <summary>Why a category that is not granted is not.</summary>
    public DropCause RefusalOf(ConsentCategory category) =>
        (Consent & (1u << (int)category)) == 0 ? DropCause.NoConsent
        : IsMinor ? DropCause.Minor
        : DropCause.Withdrawn;

    /// <summary>Forgets the last event.</summary>
    public void Clear()
    {
        Error = RequestError.None;
        _eventIdLength = 0;
        Event = default;
        OtherEvent = default;
        TimeMilliseconds = 0;
        IsLate = false;
        ForgottenAtMilliseconds = 0;
        HasConsentMarkers = false;
        IsMinor = false;
        IsMinorKnown = false;
        _withdrawn = 0;
        _emulatorSlots = 0;
        Scene = Scene.Unspecified;
        Platform = Platform.Unspecified;
        Address = default;
        AccessType = AccessType.Unspecified;
        Captcha = CaptchaState.Unspecified;
        VendorScore = -1;
        ReasonLanguage = ReasonLanguage.Unspecified;
        Consent = 1u << (int)ConsentCategory.Essential;
        HasSoftware = false;
        RiskTools = 0;
        HasAccelerometer = false;
        Motion = default;
        GyroscopeContradicts = null;
        IsDeviceNamed = false;
        ChecksKnown = 0;
        ChecksViolated = 0;
        Evidence = 0;
        IsDeviceSettled = false;
        _deviceTokenLength = 0;
        DroppedCount = 0;
        ((Span<Pseudonym>)_entities).Clear();
        ((Span<Pseudonym>)_otherEntities).Clear();
    }

    [InlineArray(EntitySlot.Count)]
    private struct EntityTable
    {
        private Pseudonym _first;
    }

    [InlineArray(IntakeLimits.MaxDroppedSignals)]
    private struct DroppedTable
    {
        private DroppedSignalNote _first;
    }
}
