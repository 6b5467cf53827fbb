using Tsavorite.core;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>Gives Garnet a <see cref="StoreFile"/> for everything it keeps.</summary>
internal sealed class StoreFileFactory(string folder, INamedDeviceFactory garnets, StoreFileWriter writer, StoreFiles files) : INamedDeviceFactory
{
    private const string AppendOnlyFile = "aof.log";
    private const string RecordLog = "hlog";

    /// <summary>Metadata of a checkpoint.</summary>
    private const string CheckpointInfo = "info";

    /// <summary>Metadata of the append-only file: a commit's number follows.</summary>
    private const string CommitInfo = "commit";

    public IDevice Get(FileDescriptor fileInfo)
    {
        var name = fileInfo.fileName;
        var isSmall = name == AppendOnlyFile
            || name.StartsWith(CheckpointInfo, StringComparison.Ordinal)
            || name.StartsWith(CommitInfo, StringComparison.Ordinal);
        var file = new StoreFile(Path.Combine(folder, fileInfo.directoryName ?? string.Empty, name), isSmall ? null : writer);
        switch (name)
        {
            case AppendOnlyFile:
                files.AppendLog = file;
                break;
            case RecordLog:
                files.RecordLog = file;
                break;
        }

        return file;
    }

    public void Delete(FileDescriptor fileInfo) => garnets.Delete(fileInfo);

    public IEnumerable<FileDescriptor> ListContents(string path) => garnets.ListContents(path);

    public uint GetSectorSize(FileDescriptor fileInfo) => IDevice.MinDeviceSectorSize;
}

/// <summary>Makes a <see cref="StoreFileFactory"/> for each folder.</summary>
internal sealed class StoreFileFactoryCreator(StoreFileWriter writer, StoreFiles files) : INamedDeviceFactoryCreator
{
    private readonly LocalStorageNamedDeviceFactoryCreator _garnets = new(deviceType: DeviceType.RandomAccess);

    public INamedDeviceFactory Create(string baseName) => new StoreFileFactory(baseName, _garnets.Create(baseName), writer, files);
}
