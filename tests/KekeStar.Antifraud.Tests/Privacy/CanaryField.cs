namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>The fields of a request that carry a canary.</summary>
internal enum CanaryField
{
    Imei,
    Imei2,
    Meid,
    AndroidId,
    Oaid,
    Idfa,
    Idfv,
    OpenUdid,
    Guid,
    Serial,
    Mac,
    Bssid,
    Iccid,
    Imsi,
    SimSerial,
    SecondIccid,
    SecondImsi,
    SecondSimSerial,
    ClientIp,
    Account,
    Software,
    Process,
    Model,
    OsBuild,
    AppVersion,
}
