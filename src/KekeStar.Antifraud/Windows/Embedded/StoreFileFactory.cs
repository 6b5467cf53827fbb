using Tsavorite.core;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>Gives Garnet a <see cref="StoreFile"/> for the append-only file and its own devices for all else.</summary>
internal sealed class StoreFileFactory(string folder, INamedDeviceFactory others) : INamedDeviceFactory
{
    private const string AppendOnlyFile = "aof.log";

    public IDevice Get(FileDescriptor fileInfo) =>
        fileInfo.fileName == AppendOnlyFile
            ? new StoreFile(Path.Combine(folder, fileInfo.directoryName ?? string.Empty, fileInfo.fileName))
            : others.Get(fileInfo);

    public void Delete(FileDescriptor fileInfo) => others.Delete(fileInfo);

    public IEnumerable<FileDescriptor> ListContents(string path) => others.ListContents(path);

    public uint GetSectorSize(FileDescriptor fileInfo) => others.GetSectorSize(fileInfo);
}

/// <summary>Makes a <see cref="StoreFileFactory"/> for each folder.</summary>
internal sealed class StoreFileFactoryCreator : INamedDeviceFactoryCreator
{
    private readonly LocalStorageNamedDeviceFactoryCreator _others = new(deviceType: DeviceType.RandomAccess);

    public INamedDeviceFactory Create(string baseName) => new StoreFileFactory(baseName, _others.Create(baseName));
}
