using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Load.Traffic;

/// <summary>
/// Writes the encoded request of a number: a copy of the template with nine values patched. The same number
/// gives the same bytes again, another number another event id.
/// </summary>
/// <param name="shape">Whose events.</param>
/// <param name="run">Random number of the run: keeps the event ids of two runs apart.</param>
internal sealed class RequestWriter(TrafficShape shape, ulong run) : IRequestSource
{
    /// <summary>Length of an event id in bytes.</summary>
    public const int EventIdSize = 32;

    // Keeps the values of one kind apart from those of another that follow from the same device or account.
    private const ulong AndroidIdSalt = 1UL << 32;
    private const ulong OaidSalt = 2UL << 32;
    private const ulong HomeSalt = 3UL << 32;

    private const int HostsPerPrefix = 156;

    private readonly RequestTemplate _template = new(shape.MessageSize);
    private readonly ZipfSampler _accounts = new(shape.Accounts, shape.Exponent);

    /// <inheritdoc/>
    public int MessageSize => _template.Bytes.Length;

    /// <inheritdoc/>
    public long PerConnection => long.MaxValue;

    /// <inheritdoc/>
    public void Write(ulong number, Span<byte> target)
    {
        _template.Bytes.CopyTo(target);
        ulong random = SplitMix64.Mix(number ^ run);
        int account = _accounts.Draw(random);
        random = SplitMix64.Mix(random);
        int choice = SplitMix64.Below(random, 100);
        int device = choice < shape.ForeignDevicePercent ? _accounts.Draw(SplitMix64.Mix(random)) : account;

        WriteEventId(number, target[_template.EventId]);
        target[_template.ScenePlace] = (byte)SceneOf(SplitMix64.Below(SplitMix64.Mix(~random), 10));
        Span<byte> accountText = target[_template.Account];
        "user"u8.CopyTo(accountText);
        FixedText.Decimal(accountText[4..], (ulong)account);
        WriteDevice(device, target);
        WriteHome(account, target);
    }

    /// <inheritdoc/>
    public void WriteEventId(ulong number, Span<byte> target)
    {
        FixedText.Hex(target[..16], run);
        FixedText.Hex(target[16..EventIdSize], number);
    }

    private static Scene SceneOf(int tenth) => tenth switch
    {
        < 7 => Scene.Login,
        7 => Scene.Register,
        _ => Scene.SendMessage,
    };

    private void WriteDevice(int device, Span<byte> target)
    {
        // 14 digits (type allocation code, serial number) and the check digit: 3GPP TS 23.003 clause 6.2.1.
        Span<byte> imei = target[_template.Imei];
        "86430206"u8.CopyTo(imei);
        FixedText.Decimal(imei[8..14], (ulong)device);
        FixedText.LuhnDigit(imei);

        FixedText.Hex(target[_template.AndroidId], SplitMix64.Mix((uint)device | AndroidIdSalt));

        ulong high = SplitMix64.Mix((uint)device | OaidSalt);
        ulong low = SplitMix64.Mix(high);
        Span<byte> oaid = target[_template.Oaid];
        FixedText.Hex(oaid[..8], high >> 32);
        FixedText.Hex(oaid[9..13], high >> 16);
        FixedText.Hex(oaid[14..18], high);
        FixedText.Hex(oaid[19..23], low >> 48);
        FixedText.Hex(oaid[24..], low);
        oaid[8] = oaid[13] = oaid[18] = oaid[23] = (byte)'-';

        Span<byte> model = target[_template.Model];
        "PJZ"u8.CopyTo(model);
        FixedText.Decimal(model[3..], (ulong)(device % shape.Models));
    }

    // The access point and the address of an account are its own and do not change during a run.
    private void WriteHome(int account, Span<byte> target)
    {
        ulong home = SplitMix64.Mix((uint)account | HomeSalt);
        int accessPoint = SplitMix64.Below(home, shape.AccessPoints);
        Span<byte> bssid = target[_template.Bssid];
        "3c:cd:57:"u8.CopyTo(bssid);
        FixedText.Hex(bssid[9..11], (ulong)(accessPoint >> 16));
        FixedText.Hex(bssid[12..14], (ulong)(accessPoint >> 8));
        FixedText.Hex(bssid[15..], (ulong)accessPoint);
        bssid[11] = bssid[14] = (byte)':';

        // Every octet has three digits (100 to 255), so that the text has always 15.
        (int prefix, int host) = Math.DivRem(SplitMix64.Below(SplitMix64.Mix(home), shape.Addresses), HostsPerPrefix);
        Span<byte> address = target[_template.Address];
        "117."u8.CopyTo(address);
        FixedText.Decimal(address[4..7], (ulong)(100 + (prefix / HostsPerPrefix)));
        FixedText.Decimal(address[8..11], (ulong)(100 + (prefix % HostsPerPrefix)));
        FixedText.Decimal(address[12..], (ulong)(100 + host));
        address[7] = address[11] = (byte)'.';
    }
}
