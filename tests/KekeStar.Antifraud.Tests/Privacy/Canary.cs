using System.Globalization;
using System.Net;
using System.Text;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>A value that occurs in one field of one call and nowhere else, valid for its field.</summary>
/// <param name="Text">As it is sent.</param>
/// <param name="Normal">As it is hashed.</param>
internal sealed record Canary(string Text, byte[] Normal)
{
    /// <summary>Fields that carry one.</summary>
    public static readonly int Fields = Enum.GetValues<CanaryField>().Length;

    /// <summary>Number of a canary.</summary>
    public static int NumberOf(int call, CanaryField field) => (call * Fields) + (int)field;

    /// <summary>Makes the canary of a number, always the same.</summary>
    public static Canary Of(int number)
    {
        var digits = new CanaryDigits((ulong)number);
        switch ((CanaryField)(number % Fields))
        {
            case CanaryField.Imei or CanaryField.Imei2:
                var imei = "35" + digits.Decimal(12);
                return new Canary(imei + LuhnDigit(imei), Ascii(imei));
            case CanaryField.Meid:
                var meid = "a" + digits.Hex(13);
                return new Canary(meid, Upper(meid));
            case CanaryField.AndroidId:
                var androidId = "8" + digits.Hex(15);
                return new Canary(androidId.ToUpperInvariant(), Ascii(androidId));
            case CanaryField.Oaid or CanaryField.Idfa or CanaryField.Idfv or CanaryField.Guid:
                var uuid = digits.Hex(32);
                return new Canary(Guid.ParseExact(uuid, "N").ToString("D").ToUpperInvariant(), Ascii(uuid));
            case CanaryField.OpenUdid:
                var openUdid = digits.Hex(40);
                return new Canary(openUdid, Ascii(openUdid));
            case CanaryField.Serial:
                var serial = "r5" + digits.Alphanumeric(14);
                return new Canary(serial, Upper(serial));
            case CanaryField.Mac or CanaryField.Bssid:
                var mac = "a8" + digits.Hex(10);
                return new Canary(string.Join(':', mac.Chunk(2).Select(static pair => new string(pair))), Ascii(mac));
            case CanaryField.Iccid or CanaryField.SecondIccid:
                var iccid = "898601" + digits.Decimal(12);
                return new Canary(iccid + LuhnDigit(iccid), Ascii(iccid));
            case CanaryField.Imsi or CanaryField.SecondImsi:
                var imsi = "46001" + digits.Decimal(10);
                return new Canary(imsi, Ascii(imsi));
            case CanaryField.SimSerial or CanaryField.SecondSimSerial:
                var simSerial = "sim" + digits.Alphanumeric(17);
                return new Canary(simSerial, Upper(simSerial));
            case CanaryField.ClientIp:
                var address = "2409" + digits.Hex(28);
                var text = string.Join(':', address.Chunk(4).Select(static group => new string(group)));
                return new Canary(text, IPAddress.Parse(text).GetAddressBytes());
            case CanaryField.Account:
                return Same("user-" + digits.Alphanumeric(20));
            case CanaryField.Software:
                return Same("com.example." + digits.Alphanumeric(20));
            case CanaryField.Process:
                return Same("com.example." + digits.Alphanumeric(16) + ":push");
            default:
                return Same(digits.Alphanumeric(20));
        }
    }

    private static Canary Same(string text) => new(text, Ascii(text));

    private static byte[] Upper(string text) => Ascii(text.ToUpperInvariant());

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    // ISO/IEC 7812-1: the digit beside the check digit is doubled, then every other one.
    private static string LuhnDigit(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var weighted = (digits[^(i + 1)] - '0') * (i % 2 == 0 ? 2 : 1);
            sum += weighted > 9 ? weighted - 9 : weighted;
        }

        return ((10 - (sum % 10)) % 10).ToString(CultureInfo.InvariantCulture);
    }
}
