using CommunityToolkit.Mvvm.ComponentModel;
using CommunityToolkit.Mvvm.Messaging;

namespace XunitV3.Sample;

public sealed record ItemAdded(string Name);

/// <summary>While it is active, it is registered with its messenger.</summary>
public sealed class CartViewModel(IMessenger messenger) : ObservableRecipient(messenger), IRecipient<ItemAdded>
{
    public int Count { get; private set; }

    public void Receive(ItemAdded message) => Count++;
}
