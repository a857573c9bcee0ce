"""What ships with the package: model weights, each in a folder with its card, licence and digest."""
