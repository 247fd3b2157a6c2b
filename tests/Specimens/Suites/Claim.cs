#if CLAIMED
[assembly: MustBeCollected]
#endif
